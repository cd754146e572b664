package tg.ecom.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import tg.ecom.states.engine.Engine;
import tg.ecom.states.engine.MachineStore;
import tg.ecom.states.engine.Store;

/**
 * Step Functions: the actions of its API, and executions that run behind them. What runs is kept in PostgreSQL, and
 * goes on at the next start after whatever end.
 */
public final class StepFunctions implements AutoCloseable {
    private final Engine engine;
    private final Map<String, Function<Input, ObjectNode>> actions;

    private StepFunctions(Engine engine, Map<String, Function<Input, ObjectNode>> actions) {
        this.engine = engine;
        this.actions = actions;
    }

    /**
     * Starts it, and goes on with every execution that has not ended.
     *
     * @param database where it keeps everything, in a schema {@code states} that it makes. It must stand on a pool of
     *     connections: one is lent for each statement, by up to eight workers and by every caller at a time, and
     *     opening one costs more than the statement does
     * @param clock the time that waits, timeouts and {@code $now()} go by
     * @param account what ARNs name
     * @param functions what tasks call
     */
    public static StepFunctions start(Jdbi database, InstantSource clock, Account account, LambdaFunctions functions) {
        return start(database, clock, account, functions, TransitionListener.NONE);
    }

    /** As {@link #start(Jdbi, InstantSource, Account, LambdaFunctions)}, with somebody who counts transitions. */
    public static StepFunctions start(
            Jdbi database,
            InstantSource clock,
            Account account,
            LambdaFunctions functions,
            TransitionListener transitions) {
        Store store = new Store(database);
        MachineStore machineStore = new MachineStore(database);
        Engine engine = new Engine(store, machineStore, clock, functions, transitions);
        MachineActions machines = new MachineActions(machineStore, account, clock);
        ExecutionActions executions = new ExecutionActions(engine, store, machineStore, machines);
        TaskActions tasks = new TaskActions(engine);
        engine.resume();
        return new StepFunctions(
                engine,
                Map.ofEntries(
                        Map.entry("CreateStateMachine", machines::create),
                        Map.entry("UpdateStateMachine", machines::update),
                        Map.entry("DescribeStateMachine", machines::describe),
                        Map.entry("DeleteStateMachine", machines::delete),
                        Map.entry("ListStateMachines", machines::list),
                        Map.entry("ValidateStateMachineDefinition", machines::validate),
                        Map.entry("StartExecution", executions::start),
                        Map.entry("DescribeExecution", executions::describe),
                        Map.entry("DescribeStateMachineForExecution", executions::describeMachine),
                        Map.entry("ListExecutions", executions::list),
                        Map.entry("GetExecutionHistory", executions::history),
                        Map.entry("StopExecution", executions::stop),
                        Map.entry("SendTaskSuccess", tasks::succeed),
                        Map.entry("SendTaskFailure", tasks::fail),
                        Map.entry("SendTaskHeartbeat", tasks::heartbeat)));
    }

    /** The names of the actions that {@link #call} takes. */
    public Set<String> actions() {
        return actions.keySet();
    }

    /**
     * Performs an action. What it answers has happened for good.
     *
     * @param action a name of {@link #actions}
     * @param input as the API reference has it
     * @return as the API reference has it
     * @throws StepFunctionsException when it is refused
     */
    public JsonNode call(String action, JsonNode input) {
        Function<Input, ObjectNode> performed = actions.get(action);
        if (performed == null) {
            throw new StepFunctionsException("UnknownOperationException", "The action '" + action + "' is not offered");
        }
        return performed.apply(new Input(input));
    }

    /** The clock has jumped: what is due now happens now. */
    public void clockMoved() {
        engine.clockMoved();
    }

    /** Ends its threads. Executions that run go on at the next start. */
    @Override
    public void close() {
        engine.close();
    }
}

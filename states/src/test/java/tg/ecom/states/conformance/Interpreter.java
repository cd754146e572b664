package tg.ecom.states.conformance;

import static tg.ecom.states.Scene.await;
import static tg.ecom.states.conformance.Asl.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import tg.ecom.client.FreePorts;
import tg.ecom.states.Account;
import tg.ecom.states.StepFunctions;
import tg.ecom.states.StepFunctionsException;

/** An interpreter on a real PostgreSQL, called as the SDK calls it; its functions and its time are the test's. */
final class Interpreter implements AutoCloseable {
    static final String ROLE = "arn:aws:iam::000000000000:role/states";
    static final String ARN = "arn:aws:states:us-east-1:000000000000:";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final MovableClock clock = new MovableClock();
    private final Functions functions = new Functions(clock);
    private final Map<String, Integer> transitions = new ConcurrentHashMap<>();
    private final EmbeddedPostgres postgres;
    private final Jdbi database;
    private StepFunctions stepFunctions;

    Interpreter() {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setPort(FreePorts.one())
                    .setServerConfig("fsync", "off")
                    .setServerConfig("max_connections", "200")
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        database = Jdbi.create(new Connections(postgres.getPostgresDatabase()));
        stepFunctions = begun();
    }

    private StepFunctions begun() {
        return StepFunctions.start(
                database,
                clock,
                new Account("000000000000", "us-east-1"),
                functions,
                (machine, count) -> transitions.merge(machine, count, Integer::sum));
    }

    Functions functions() {
        return functions;
    }

    /** Transitions of a machine that were told of so far. */
    int transitions(String machineArn) {
        return transitions.getOrDefault(machineArn.substring(machineArn.lastIndexOf(':') + 1), 0);
    }

    MovableClock clock() {
        return clock;
    }

    /** Moves the time, and has done what is due then. */
    void advance(Duration by) {
        clock.advance(by);
        stepFunctions.clockMoved();
    }

    /** Ends the interpreter and starts another on the same database. */
    void restart() {
        stepFunctions.close();
        stepFunctions = begun();
    }

    /** Forgets all machines, executions and functions. */
    void forget() {
        stepFunctions.close();
        functions.forget();
        database.useHandle(handle ->
                handle.execute("truncate states.machines, states.revisions, states.executions, states.events"));
        stepFunctions = begun();
    }

    /** A name that nothing has. */
    static String name() {
        return "test-" + NUMBER.incrementAndGet();
    }

    /** Makes a state machine. @return its ARN */
    String create(String definition) {
        return create(name(), definition).path("stateMachineArn").asText();
    }

    JsonNode create(String name, String definition) {
        return call("CreateStateMachine", creation(name, definition));
    }

    static ObjectNode creation(String name, String definition) {
        return object("{}").put("name", name).put("definition", definition).put("roleArn", ROLE);
    }

    /** Starts an execution of a new state machine. */
    Run start(String definition, String input) {
        return startOf(create(definition), input);
    }

    /** Starts an execution of a state machine. */
    Run startOf(String machine, String input) {
        ObjectNode request = object("{}")
                .put("stateMachineArn", machine)
                .put("name", name())
                .put("input", Asl.json(input).toString());
        return new Run(
                this, call("StartExecution", request).path("executionArn").asText());
    }

    /** The execution of a new state machine, ended. */
    Run run(String definition, String input) {
        return start(definition, input).ended();
    }

    JsonNode call(String action, JsonNode input) {
        try {
            return stepFunctions.call(action, input);
        } catch (StepFunctionsException refused) {
            throw new AssertionError(action + " was refused: " + refused.type() + ": " + refused.getMessage(), refused);
        }
    }

    JsonNode call(String action, String input) {
        return call(action, Asl.json(input));
    }

    /** The exception that a call ends with. */
    StepFunctionsException refused(String action, JsonNode input) {
        try {
            throw new AssertionError(action + " was answered: " + stepFunctions.call(action, input));
        } catch (StepFunctionsException refused) {
            return refused;
        }
    }

    /** The error that a call is refused with. */
    String refusal(String action, JsonNode input) {
        return refused(action, input).type();
    }

    String refusal(String action, String input) {
        return refusal(action, Asl.json(input));
    }

    /** Waits until a function was called so often, and gives the payload of the last call. */
    JsonNode awaitCall(String function, int count) {
        await(
                function + " is called " + count + " times",
                () -> functions.calls(function).size() >= count);
        return functions.calls(function).get(count - 1).payload();
    }

    /** Waits until a function was given that many tokens, and gives the last. */
    String awaitToken(String function, int count) {
        return awaitCall(function, count).path("token").asText();
    }

    @Override
    public void close() {
        try (postgres) {
            stepFunctions.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

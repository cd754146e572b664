package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import tg.ecom.states.definition.MapState;
import tg.ecom.states.expression.Bindings;

/** What expressions of a state see as {@code $states} (developer guide, "Context object"). */
final class Context {
    private final Run run;
    private final Scope scope;

    Context(Run run, Scope scope) {
        this.run = run;
        this.scope = scope;
    }

    /** Before the state has come to anything. */
    Bindings bindings() {
        return bindings(states(Optional.empty()));
    }

    /** Of a Task that waits for its token. */
    Bindings withToken(String token) {
        return bindings(states(Optional.of(token)));
    }

    /** With what the state came to. */
    Bindings withResult(JsonNode result) {
        ObjectNode states = states(Optional.empty());
        states.set("result", result);
        return bindings(states);
    }

    /** With the error that the state came to. */
    Bindings withError(JsonNode error) {
        ObjectNode states = states(Optional.empty());
        states.set("errorOutput", error);
        return bindings(states);
    }

    /** Of one item of a Map. */
    Bindings withItem(int index, JsonNode value) {
        ObjectNode states = states(Optional.empty());
        setItem((ObjectNode) states.get("context"), index, value);
        return bindings(states);
    }

    private Bindings bindings(ObjectNode states) {
        return new Bindings(states, run.variablesOf(scope), run.clock());
    }

    private ObjectNode states(Optional<String> token) {
        ObjectNode states = JsonNodeFactory.instance.objectNode();
        states.set("input", scope.input);
        states.set("context", context(token));
        return states;
    }

    private ObjectNode context(Optional<String> token) {
        Execution execution = run.execution();
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.putObject("Execution")
                .put("Id", execution.arn())
                .put("Name", execution.name())
                .put("RoleArn", execution.roleArn())
                .put("StartTime", execution.startedAt().toString())
                .put("RedriveCount", 0)
                .set("Input", execution.input());
        context.putObject("StateMachine").put("Id", execution.machineArn()).put("Name", execution.machineName());
        context.putObject("State")
                .put("Name", scope.state)
                .put("EnteredTime", Instant.ofEpochMilli(scope.enteredAt).toString())
                .put("RetryCount", scope.retries);
        token.ifPresent(each -> context.putObject("Task").put("Token", each));
        addItem(context);
        return context;
    }

    /** Inside an iteration, at any depth, its item is told. */
    private void addItem(ObjectNode context) {
        for (Scope each = scope; each.parent != Scope.NO_PARENT; ) {
            Scope parent = run.scope(each.parent).orElseThrow();
            if (run.stateOf(parent) instanceof MapState && parent.phase instanceof Phase.Branching branching) {
                setItem(context, each.index, branching.inputs().get(each.index));
                return;
            }
            each = parent;
        }
    }

    private static void setItem(ObjectNode context, int index, JsonNode value) {
        context.putObject("Map").putObject("Item").put("Index", index).set("Value", value);
    }
}

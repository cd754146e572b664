package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tg.ecom.states.definition.ErrorNames;
import tg.ecom.states.definition.State;
import tg.ecom.states.definition.TaskState;
import tg.ecom.states.definition.WaitState;
import tg.ecom.states.expression.Bindings;
import tg.ecom.states.expression.QueryException;
import tg.ecom.states.expression.Template;

/** Moves a run on: from state to state, into retries and catches, and up from the branches that end or fail. */
final class Progress {
    /** Of what a state hands on, and of a variable (developer guide, "Service quotas"). */
    static final int DATA_BYTES_MAX = 262_144;

    private final Run run;
    private final Deque<Integer> ready = new ArrayDeque<>();

    Progress(Run run) {
        this.run = run;
    }

    Run run() {
        return run;
    }

    /** The next scope whose state is to be entered. */
    Optional<Scope> nextReady() {
        while (!ready.isEmpty()) {
            Optional<Scope> scope = run.scope(ready.remove());
            if (scope.isPresent()) {
                return scope;
            }
        }
        return Optional.empty();
    }

    /** Has a scope enter a state. */
    void enter(Scope scope, String state, JsonNode input) {
        scope.state = state;
        scope.input = input;
        scope.enteredAt = run.now();
        scope.enteredEvent = 0;
        scope.retries = 0;
        scope.retriesByRetrier.clear();
        scope.phase = new Phase.Working();
        ready.add(scope.id);
    }

    /**
     * What a field of a scope's state comes to.
     *
     * @throws StateFault States.QueryEvaluationError, which the history then tells
     */
    JsonNode evaluate(Scope scope, Template template, String field, Bindings bindings) throws StateFault {
        try {
            return template.evaluate(bindings, field);
        } catch (QueryException failed) {
            throw misjudged(scope, failed.location(), failed.getMessage());
        }
    }

    /** A field came to a value of another type than it must be of. */
    StateFault unexpected(Scope scope, Template template, String field, String expected, JsonNode value) {
        String what = template instanceof Template.Evaluated evaluated
                ? evaluated.query().specifiedFor(field)
                : "The value specified for the field '" + field + "'";
        String type = value.getNodeType().name().toLowerCase(Locale.ROOT);
        return misjudged(
                scope,
                field,
                what + " returned an unexpected result type. Expected '" + expected + "', but was '" + type
                        + "' for value: " + value);
    }

    /** A field came to what it can't be. */
    StateFault misjudged(Scope scope, String field, String reason) {
        String cause = "An error occurred while executing the state '" + scope.state + "' (entered at the event id #"
                + scope.enteredEvent + "). " + reason;
        ObjectNode details = Details.failed(Optional.of(ErrorNames.QUERY_EVALUATION), Optional.of(cause));
        if (!field.isEmpty()) {
            details.put("location", field);
        }
        // It stands in the place of the entering, but of a Wait.
        if (scope.lastEvent == scope.enteredEvent && !(run.stateOf(scope) instanceof WaitState)) {
            scope.lastEvent = scope.eventBefore;
        }
        run.record(scope, "EvaluationFailed", "evaluationFailedEventDetails", details.put("state", scope.state));
        return new StateFault(ErrorNames.QUERY_EVALUATION, cause);
    }

    /** Leaves a state by the way that its own Output, Assign and Next say. */
    void leave(Scope scope, State state, JsonNode value, Bindings bindings, Optional<String> next) throws StateFault {
        leave(scope, new Exit(state.output(), state.assign(), next, ""), value, bindings);
    }

    /**
     * Leaves a state. Output and Assign both see the variables of before.
     *
     * @param value what it hands on unless the exit's Output says something else
     */
    void leave(Scope scope, Exit exit, JsonNode value, Bindings bindings) throws StateFault {
        JsonNode output = exit.output().isPresent()
                ? evaluate(scope, exit.output().get(), exit.place() + "Output", bindings)
                : value;
        Map<String, JsonNode> assigned = assigned(scope, exit, bindings);
        requireSize(output, "The output of the state '" + scope.state + "'");
        run.record(
                scope,
                run.stateOf(scope).type() + "StateExited",
                "stateExitedEventDetails",
                Details.exited(scope, output, assigned));
        Variables.assign(scope, assigned);
        if (exit.next().isPresent()) {
            enter(scope, exit.next().get(), output);
        } else {
            end(scope, output);
        }
    }

    /**
     * One way out of a state.
     *
     * @param place where in the state it is written: empty, or such as {@code Catch/0/}
     */
    record Exit(Optional<Template> output, Optional<Template> assign, Optional<String> next, String place) {}

    /** A state has failed: it is tried again, or caught, or its whole line has failed. */
    void fail(Scope scope, StateFault fault) {
        fail(scope, fault, false);
    }

    private void fail(Scope scope, StateFault fault, boolean inBranch) {
        abortChildren(scope);
        if (run.stateOf(scope) instanceof State.Fallible fallible) {
            Recovery recovery = new Recovery(this, scope, fallible, fault, inBranch);
            if (recovery.retry()) {
                return;
            }
            if (!(fallible instanceof TaskState)) {
                run.record(scope, fallible.type() + "StateFailed");
            }
            if (recovery.caught()) {
                return;
            }
        }
        failLine(scope, fault);
    }

    /** A state has failed, and nothing mends that. */
    void failLine(Scope scope, StateFault fault) {
        if (scope.parent == Scope.NO_PARENT) {
            end(Ending.of(
                    Ending.Status.FAILED,
                    Optional.of(fault.error()).filter(error -> !error.isEmpty()),
                    Optional.ofNullable(fault.cause())));
        } else {
            failParent(scope, fault);
        }
    }

    /** Ends the execution, and whatever it waits for. */
    void end(Ending ending) {
        Scope root = run.root();
        abortChildren(root);
        abandon(root);
        if (ending.status() == Ending.Status.ABORTED && !root.state.isEmpty()) {
            aborted(root);
        }
        last(ending);
    }

    /** Ends an execution whose history is full but for the event that says so. */
    void overflow() {
        run.scopes().forEach(this::abandon);
        last(Ending.of(
                Ending.Status.FAILED,
                Optional.of(ErrorNames.RUNTIME),
                Optional.of("The execution reached the maximum number of history events (" + Run.EVENTS_MAX + ").")));
    }

    private void last(Ending ending) {
        run.end(ending);
        ready.clear();
    }

    /** Stops what a Task has started and waits for. */
    void abandon(Scope scope) {
        if (scope.phase instanceof Phase.Calling calling) {
            TaskStep.startedBy(run, scope, calling).ifPresent(run::stop);
        }
    }

    static void requireSize(JsonNode value, String what) throws StateFault {
        if (value.toString().getBytes(StandardCharsets.UTF_8).length > DATA_BYTES_MAX) {
            throw new StateFault(
                    ErrorNames.DATA_LIMIT_EXCEEDED, what + " is over the maximum of " + DATA_BYTES_MAX + " bytes.");
        }
    }

    private Map<String, JsonNode> assigned(Scope scope, Exit exit, Bindings bindings) throws StateFault {
        Map<String, JsonNode> assigned = new LinkedHashMap<>();
        if (exit.assign().isPresent()) {
            String field = exit.place() + "Assign";
            JsonNode variables = evaluate(scope, exit.assign().get(), field, bindings);
            if (!variables.isObject()) {
                throw unexpected(scope, exit.assign().get(), field, "object", variables);
            }
            variables.properties().forEach(variable -> assigned.put(variable.getKey(), variable.getValue()));
            Variables.requireSizes(run, scope, assigned);
        }
        return assigned;
    }

    /** A line has come to its end. */
    private void end(Scope scope, JsonNode output) {
        if (scope.parent == Scope.NO_PARENT) {
            end(Ending.succeeded(output));
            return;
        }
        Scope parent = run.scope(scope.parent).orElseThrow();
        try {
            Branches.of(this, parent).ended(scope, output);
        } catch (StateFault fault) {
            fail(parent, fault);
        }
    }

    private void failParent(Scope scope, StateFault fault) {
        Scope parent = run.scope(scope.parent).orElseThrow();
        // All that the failure leads to follows it.
        parent.lastEvent = scope.lastEvent;
        Branches.of(this, parent).failed(scope);
        aborted(scope);
        run.drop(scope);
        for (Scope sibling : children(parent)) {
            sibling.lastEvent = parent.lastEvent;
            abort(sibling, parent);
        }
        fail(parent, fault, true);
    }

    private void abortChildren(Scope parent) {
        children(parent).forEach(child -> abort(child, parent));
    }

    private void abort(Scope child, Scope parent) {
        Branches.of(this, parent).aborted(child);
        abortChildren(child);
        abandon(child);
        aborted(child);
        run.drop(child);
    }

    private List<Scope> children(Scope parent) {
        return run.scopes().stream().filter(child -> child.parent == parent.id).toList();
    }

    /** Tells that a state was ended from outside, if it is one that can take its time and was entered. */
    private void aborted(Scope scope) {
        State state = run.stateOf(scope);
        if (scope.enteredEvent > 0 && (state instanceof State.Fallible || state instanceof WaitState)) {
            run.recordAside(scope, state.type() + "StateAborted");
        }
    }
}

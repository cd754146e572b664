package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import tg.ecom.states.definition.Catcher;
import tg.ecom.states.definition.ErrorNames;
import tg.ecom.states.definition.Retrier;
import tg.ecom.states.definition.State;
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
            return template.evaluate(bindings);
        } catch (QueryException failed) {
            throw misjudged(scope, field, failed.getMessage());
        }
    }

    /** A field came to what it can't be. */
    StateFault misjudged(Scope scope, String field, String cause) {
        ObjectNode details = Details.failed(Optional.of(ErrorNames.QUERY_EVALUATION), Optional.of(cause))
                .put("location", field)
                .put("state", scope.state);
        run.record(scope, "EvaluationFailed", "evaluationFailedEventDetails", details);
        return new StateFault(ErrorNames.QUERY_EVALUATION, cause);
    }

    /** Leaves a state by the way that its own Output, Assign and Next say. */
    void leave(Scope scope, State state, JsonNode value, Bindings bindings, Optional<String> next) throws StateFault {
        leave(scope, new Exit(state.output(), state.assign(), next), value, bindings);
    }

    /**
     * Leaves a state. Output and Assign both see the variables of before.
     *
     * @param value what it hands on unless the exit's Output says something else
     */
    void leave(Scope scope, Exit exit, JsonNode value, Bindings bindings) throws StateFault {
        JsonNode output =
                exit.output().isPresent() ? evaluate(scope, exit.output().get(), "Output", bindings) : value;
        Map<String, JsonNode> assigned = assigned(scope, exit.assign(), bindings);
        requireSize(output, "The output of the state '" + scope.state + "'");
        run.record(
                scope,
                run.stateOf(scope).type() + "StateExited",
                "stateExitedEventDetails",
                Details.exited(scope, output, assigned));
        scope.variables.putAll(assigned);
        if (exit.next().isPresent()) {
            enter(scope, exit.next().get(), output);
        } else {
            end(scope, output);
        }
    }

    /** One way out of a state. */
    record Exit(Optional<Template> output, Optional<Template> assign, Optional<String> next) {}

    /** A state has failed: it is tried again, or caught, or its whole line has failed. */
    void fail(Scope scope, StateFault fault) {
        fail(scope, fault, false);
    }

    private void fail(Scope scope, StateFault fault, boolean inBranch) {
        abortChildren(scope);
        if (run.stateOf(scope) instanceof State.Fallible fallible
                && (retry(scope, fallible, fault, inBranch) || caught(scope, fallible, fault, inBranch))) {
            return;
        }
        failLine(scope, fault);
    }

    private void failLine(Scope scope, StateFault fault) {
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
            run.record(root, run.stateOf(root).type() + "StateAborted");
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

    private Map<String, JsonNode> assigned(Scope scope, Optional<Template> assign, Bindings bindings)
            throws StateFault {
        Map<String, JsonNode> assigned = new LinkedHashMap<>();
        if (assign.isPresent()) {
            JsonNode variables = evaluate(scope, assign.get(), "Assign", bindings);
            if (!variables.isObject()) {
                throw misjudged(scope, "Assign", "Assign must come to an object.");
            }
            for (Map.Entry<String, JsonNode> variable : variables.properties()) {
                requireSize(variable.getValue(), "The variable '" + variable.getKey() + "'");
                assigned.put(variable.getKey(), variable.getValue());
            }
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
        Branches.of(this, parent).failed(scope);
        run.drop(scope);
        abortChildren(parent);
        run.record(parent, run.stateOf(parent).type() + "StateFailed");
        fail(parent, fault, true);
    }

    private void abortChildren(Scope parent) {
        for (Scope child : run.scopes()) {
            if (child.parent == parent.id) {
                abortChildren(child);
                abandon(child);
                run.record(child, run.stateOf(child).type() + "StateAborted");
                run.drop(child);
            }
        }
    }

    private boolean retry(Scope scope, State.Fallible state, StateFault fault, boolean inBranch) {
        for (int index = 0; index < state.retriers().size(); index++) {
            Retrier retrier = state.retriers().get(index);
            if (matches(retrier.errors(), retrier.matches(fault.error()), fault, inBranch)) {
                int retries = scope.retriesByRetrier.getOrDefault(index, 0);
                if (retries >= retrier.attemptsMax()) {
                    return false;
                }
                scope.retriesByRetrier.put(index, retries + 1);
                scope.retries++;
                long delay = retrier.delay(retries, ThreadLocalRandom.current()::nextDouble)
                        .toMillis();
                scope.phase = new Phase.Retrying(run.now() + delay);
                return true;
            }
        }
        return false;
    }

    private boolean caught(Scope scope, State.Fallible state, StateFault fault, boolean inBranch) {
        Optional<Catcher> catcher = state.catchers().stream()
                .filter(each -> matches(each.errors(), each.matches(fault.error()), fault, inBranch))
                .findFirst();
        if (catcher.isEmpty()) {
            return false;
        }
        ObjectNode error = JsonNodeFactory.instance.objectNode().put("Error", fault.error());
        Optional.ofNullable(fault.cause()).ifPresent(cause -> error.put("Cause", cause));
        try {
            Exit exit = new Exit(
                    catcher.get().output(),
                    catcher.get().assign(),
                    Optional.of(catcher.get().next()));
            leave(scope, exit, error, new Context(run, scope).withError(error));
            return true;
        } catch (StateFault again) {
            // Nothing catches what goes wrong in a Catch.
            failLine(scope, again);
            return true;
        }
    }

    /** A failed branch can be named as such, beside the error that it failed with. */
    private static boolean matches(List<String> names, boolean byError, StateFault fault, boolean inBranch) {
        boolean terminal =
                fault.error().equals(ErrorNames.RUNTIME) || fault.error().equals(ErrorNames.DATA_LIMIT_EXCEEDED);
        return byError || (inBranch && !terminal && names.contains(ErrorNames.BRANCH_FAILED));
    }
}

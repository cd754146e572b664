package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import tg.ecom.states.definition.ParallelState;
import tg.ecom.states.definition.State;

/** Runs a Parallel: every branch gets the same input and has variables, tokens and retries of its own. */
final class ParallelStep extends Branches {
    private final ParallelState state;

    ParallelStep(Progress progress, Scope scope, ParallelState state) {
        super(progress, scope);
        this.state = state;
    }

    void start() throws StateFault {
        JsonNode input = state.arguments().isPresent()
                ? progress.evaluate(scope, state.arguments().get(), "Arguments", new Context(run, scope).bindings())
                : scope.input;
        Progress.requireSize(input, "The input of the branches of '" + state.name() + "'");
        run.record(scope, "ParallelStateStarted");
        int count = state.branches().size();
        scope.phase = new Phase.Branching(Collections.nCopies(count, input), Map.of(), 0, count);
        beginMore();
    }

    @Override
    void begin(Scope child, int index, JsonNode input) {
        progress.enter(child, state.branches().get(index).startAt(), input);
    }

    @Override
    void succeeded(Scope child) {
        // The history has no event of its own for a branch.
    }

    @Override
    void failed(Scope child) {
        // The history has no event of its own for a branch.
    }

    @Override
    void aborted(Scope child) {
        // The history has no event of its own for a branch.
    }

    @Override
    State.Fallible state() {
        return state;
    }
}

package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import tg.ecom.states.definition.Catcher;
import tg.ecom.states.definition.ErrorNames;
import tg.ecom.states.definition.Retrier;
import tg.ecom.states.definition.State;

/** What a state's Retry and Catch make of a failure. */
final class Recovery {
    private final Progress progress;
    private final Run run;
    private final Scope scope;
    private final State.Fallible state;
    private final StateFault fault;
    private final boolean inBranch;

    /** {@code inBranch} says whether it was a branch of the state that failed. */
    Recovery(Progress progress, Scope scope, State.Fallible state, StateFault fault, boolean inBranch) {
        this.progress = progress;
        this.run = progress.run();
        this.scope = scope;
        this.state = state;
        this.fault = fault;
        this.inBranch = inBranch;
    }

    /** Has the state entered again after a while, if a Retry is for the error and has tries left. */
    boolean retry() {
        for (int index = 0; index < state.retriers().size(); index++) {
            Retrier retrier = state.retriers().get(index);
            if (matches(retrier.errors(), retrier.matches(fault.error()))) {
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

    /** Leaves the state by the first Catch that is for the error. @return whether there is one */
    boolean caught() {
        for (int index = 0; index < state.catchers().size(); index++) {
            Catcher catcher = state.catchers().get(index);
            if (matches(catcher.errors(), catcher.matches(fault.error()))) {
                goOn(catcher, "Catch/" + index + "/");
                return true;
            }
        }
        return false;
    }

    private void goOn(Catcher catcher, String place) {
        ObjectNode error = JsonNodeFactory.instance.objectNode().put("Error", fault.error());
        Optional.ofNullable(fault.cause()).ifPresent(cause -> error.put("Cause", cause));
        try {
            Progress.Exit exit =
                    new Progress.Exit(catcher.output(), catcher.assign(), Optional.of(catcher.next()), place);
            progress.leave(scope, exit, error, new Context(run, scope).withError(error));
        } catch (StateFault again) {
            // Nothing catches what goes wrong in a Catch.
            progress.failLine(scope, again);
        }
    }

    /** A failed branch can be named as such, beside the error that it failed with. */
    private boolean matches(List<String> names, boolean byError) {
        boolean terminal =
                fault.error().equals(ErrorNames.RUNTIME) || fault.error().equals(ErrorNames.DATA_LIMIT_EXCEEDED);
        return byError || (inBranch && !terminal && names.contains(ErrorNames.BRANCH_FAILED));
    }
}

package tg.ecom.states.engine;

import java.util.Optional;
import tg.ecom.states.definition.SucceedState;

/** Runs a Succeed. */
final class SucceedStep {
    private SucceedStep() {}

    static void enter(Progress progress, Scope scope, SucceedState state) throws StateFault {
        progress.leave(scope, state, scope.input, new Context(progress.run(), scope).bindings(), Optional.empty());
    }
}

package tg.ecom.states.engine;

import tg.ecom.states.definition.PassState;

/** Runs a Pass. */
final class PassStep {
    private PassStep() {}

    static void enter(Progress progress, Scope scope, PassState state) throws StateFault {
        progress.leave(scope, state, scope.input, new Context(progress.run(), scope).bindings(), state.next());
    }
}

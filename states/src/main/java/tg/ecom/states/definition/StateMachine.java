package tg.ecom.states.definition;

import java.util.Map;
import java.util.Optional;

/**
 * A state machine, or one branch of a Parallel, or the processor of a Map.
 *
 * @param startAt the state that is entered first
 * @param states by name
 * @param timeoutSeconds how long an execution may take, of a whole machine only
 */
public record StateMachine(String startAt, Map<String, State> states, Optional<Long> timeoutSeconds) {
    public StateMachine {
        states = Map.copyOf(states);
    }

    /** A state that the definition was checked to have. */
    public State state(String name) {
        return states.get(name);
    }
}

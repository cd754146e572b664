package tg.ecom.states;

/**
 * Is told of what Step Functions bills: each state that is executed, each retry, and the start of an execution. Whether
 * the start counts is not documented; it is counted here. It is told on many threads, and must not throw.
 */
@FunctionalInterface
public interface TransitionListener {
    /** Hears nothing. */
    TransitionListener NONE = (stateMachine, count) -> {};

    /**
     * An execution has gone on, for good.
     *
     * @param stateMachine the machine's name
     * @param count how many transitions it made
     */
    void transitioned(String stateMachine, int count);
}

package tg.ecom.states.definition;

import java.util.List;
import java.util.Optional;
import tg.ecom.states.expression.Template;

/** A state of a machine. The language has eight kinds. */
public sealed interface State permits ChoiceState, FailState, PassState, State.Fallible, SucceedState, WaitState {
    /** Unique in the whole definition. */
    String name();

    /** The kind, as the field Type and the types of history events name it. */
    String type();

    /** What the state hands on; without it, what it came to. */
    Optional<Template> output();

    /** The variables that it assigns: an object, whose expressions see the values from before the state. */
    Optional<Template> assign();

    /** A state that may fail and be tried again, or be caught. */
    sealed interface Fallible extends State permits MapState, ParallelState, TaskState {
        /** What is tried again, in order. */
        List<Retrier> retriers();

        /** What is caught, in order. */
        List<Catcher> catchers();

        /** The state after it; empty where it ends its machine or branch. */
        Optional<String> next();
    }
}

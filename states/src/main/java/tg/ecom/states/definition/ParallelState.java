package tg.ecom.states.definition;

import java.util.List;
import java.util.Optional;
import tg.ecom.states.expression.Template;

/**
 * Runs branches side by side, and comes to the array of what they came to.
 *
 * @param arguments the input of each branch; the state's own without them
 */
public record ParallelState(
        String name,
        List<StateMachine> branches,
        Optional<Template> arguments,
        Optional<Template> output,
        Optional<Template> assign,
        List<Retrier> retriers,
        List<Catcher> catchers,
        Optional<String> next)
        implements State.Fallible {
    public ParallelState {
        branches = List.copyOf(branches);
        retriers = List.copyOf(retriers);
        catchers = List.copyOf(catchers);
    }

    @Override
    public String type() {
        return "Parallel";
    }
}

package tg.ecom.states.definition;

import java.util.List;
import java.util.Optional;
import tg.ecom.states.expression.Template;

/**
 * Runs its processor once for each item of an array, inline, and comes to the array of what they came to.
 *
 * @param items the array; the state's input without it
 * @param itemSelector the input of each iteration; the item itself without it
 * @param concurrency iterations at one time; without it or at 0 as many as there are
 */
public record MapState(
        String name,
        StateMachine processor,
        Optional<Template> items,
        Optional<Template> itemSelector,
        Optional<Template> concurrency,
        Optional<Template> output,
        Optional<Template> assign,
        List<Retrier> retriers,
        List<Catcher> catchers,
        Optional<String> next)
        implements State.Fallible {
    public MapState {
        retriers = List.copyOf(retriers);
        catchers = List.copyOf(catchers);
    }

    @Override
    public String type() {
        return "Map";
    }
}

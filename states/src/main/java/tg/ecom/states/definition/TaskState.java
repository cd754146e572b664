package tg.ecom.states.definition;

import java.util.List;
import java.util.Optional;
import tg.ecom.states.expression.Template;

/**
 * Has something done elsewhere.
 *
 * @param resource what does it
 * @param arguments what it is given; the state's input without them
 * @param timeout seconds that one attempt may take
 * @param heartbeat seconds that may pass between two signs of life of an attempt
 */
public record TaskState(
        String name,
        Resource resource,
        Optional<Template> arguments,
        Optional<Template> timeout,
        Optional<Template> heartbeat,
        Optional<Template> output,
        Optional<Template> assign,
        List<Retrier> retriers,
        List<Catcher> catchers,
        Optional<String> next)
        implements State.Fallible {
    public TaskState {
        retriers = List.copyOf(retriers);
        catchers = List.copyOf(catchers);
    }

    @Override
    public String type() {
        return "Task";
    }
}

package tg.ecom.states.definition;

import java.util.List;
import java.util.Optional;
import tg.ecom.states.expression.Template;

/**
 * Goes where the first rule leads whose condition is true.
 *
 * @param choices the rules, in order
 * @param otherwise where it goes if none is; without it that fails with States.NoChoiceMatched
 * @param output of the default path, as {@code assign} is
 */
public record ChoiceState(
        String name,
        List<Rule> choices,
        Optional<String> otherwise,
        Optional<Template> output,
        Optional<Template> assign)
        implements State {
    /**
     * One way out.
     *
     * @param condition must come to true or false
     */
    public record Rule(Template condition, String next, Optional<Template> output, Optional<Template> assign) {}

    public ChoiceState {
        choices = List.copyOf(choices);
    }

    @Override
    public String type() {
        return "Choice";
    }
}

package tg.ecom.states.definition;

import java.util.Optional;
import tg.ecom.states.expression.Template;

/**
 * Ends its machine or branch with an error.
 *
 * @param error its name, a string
 * @param cause more about it, a string
 */
public record FailState(String name, Optional<Template> error, Optional<Template> cause) implements State {
    @Override
    public String type() {
        return "Fail";
    }

    @Override
    public Optional<Template> output() {
        return Optional.empty();
    }

    @Override
    public Optional<Template> assign() {
        return Optional.empty();
    }
}

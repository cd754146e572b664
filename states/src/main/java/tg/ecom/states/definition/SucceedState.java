package tg.ecom.states.definition;

import java.util.Optional;
import tg.ecom.states.expression.Template;

/** Ends its machine or branch well. */
public record SucceedState(String name, Optional<Template> output) implements State {
    @Override
    public String type() {
        return "Succeed";
    }

    @Override
    public Optional<Template> assign() {
        return Optional.empty();
    }
}

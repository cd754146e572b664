package tg.ecom.states.definition;

import java.util.Optional;
import tg.ecom.states.expression.Template;

/**
 * Hands its input on, or what Output makes of it.
 *
 * @param next the state after it; empty where it ends its machine or branch
 */
public record PassState(String name, Optional<Template> output, Optional<Template> assign, Optional<String> next)
        implements State {
    @Override
    public String type() {
        return "Pass";
    }
}

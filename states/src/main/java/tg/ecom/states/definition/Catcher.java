package tg.ecom.states.definition;

import java.util.List;
import java.util.Optional;
import tg.ecom.states.expression.Template;

/**
 * Where a failed state goes on.
 *
 * @param errors the names that it matches
 * @param output what it hands on; without it the error, {@code {"Error", "Cause"}}
 */
public record Catcher(List<String> errors, String next, Optional<Template> output, Optional<Template> assign) {
    public Catcher {
        errors = List.copyOf(errors);
    }

    /** Whether it is for that error. */
    public boolean matches(String error) {
        return ErrorNames.match(errors, error);
    }
}

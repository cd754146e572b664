package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import tg.ecom.states.definition.FailState;
import tg.ecom.states.expression.Template;

/** Runs a Fail. */
final class FailStep {
    private FailStep() {}

    static void enter(Progress progress, Scope scope, FailState state) throws StateFault {
        String error = text(progress, scope, state.error(), "Error").orElse("");
        Optional<String> cause = text(progress, scope, state.cause(), "Cause");
        throw new StateFault(error, cause.orElse(null));
    }

    private static Optional<String> text(Progress progress, Scope scope, Optional<Template> field, String name)
            throws StateFault {
        if (field.isEmpty()) {
            return Optional.empty();
        }
        JsonNode value = progress.evaluate(scope, field.get(), name, new Context(progress.run(), scope).bindings());
        if (!value.isTextual()) {
            throw progress.unexpected(scope, field.get(), name, "string", value);
        }
        return Optional.of(value.textValue());
    }
}

package tg.ecom.states.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.Map;

/**
 * What expressions of a state see.
 *
 * @param states the reserved variable {@code $states}: input, context, and result or errorOutput
 * @param variables what states before assigned
 * @param clock what {@code $now()} and {@code $millis()} tell
 */
public record Bindings(JsonNode states, Map<String, JsonNode> variables, InstantSource clock) {
    public Bindings {
        variables = Map.copyOf(variables);
    }
}

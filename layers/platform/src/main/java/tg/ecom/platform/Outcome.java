package tg.ecom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/**
 * What a waiting task ends with.
 *
 * @param error the name of a failure, as ErrorEquals has it; none of a success
 * @param content a success's output, or a failure's cause as a text
 */
public record Outcome(Optional<String> error, JsonNode content) {
    /** The task succeeds. */
    public static Outcome success(Record output) {
        return new Outcome(Optional.empty(), Json.mapper().valueToTree(output));
    }

    /** The task fails. */
    public static Outcome failure(String error, String cause) {
        return new Outcome(Optional.of(error), TextNode.valueOf(cause));
    }
}

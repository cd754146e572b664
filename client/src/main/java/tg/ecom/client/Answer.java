package tg.ecom.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;

/**
 * What came back.
 *
 * @param call the method and the path that were asked
 * @param status HTTP's
 * @param body as JSON; missing where there was none
 */
public record Answer(String call, int status, JsonNode body) {
    /** Its body. @throws ClientException when the status is another */
    public JsonNode expect(int expected) {
        if (status != expected) {
            throw unexpected(Integer.toString(expected));
        }
        return body;
    }

    /** Its body. @throws ClientException unless it is that problem */
    public JsonNode expectProblem(int expected, String code) {
        if (status != expected || !problem().equals(code)) {
            throw unexpected(expected + " " + code);
        }
        return body;
    }

    /** The problem's stable code; empty when it tells of none. */
    public String problem() {
        return body.path("code").asText("");
    }

    /** A field of the body as text; empty where there is none. */
    public String text(String field) {
        return body.path(field).asText("");
    }

    /** What a problem says, and what it says of fields; of anything else what it is. */
    private ClientException unexpected(String expected) {
        String detail = text("detail");
        if (detail.isEmpty()) {
            return new ClientException(
                    "%s answered %d %s, and should have answered %s.".formatted(call, status, body, expected));
        }
        StringJoiner fields = new StringJoiner(", ", " (", ")").setEmptyValue("");
        body.path("errors")
                .forEach(error -> fields.add(error.path("field").asText() + " "
                        + error.path("message").asText()));
        String operation = call.replaceFirst("\\?.*", "").replaceFirst(".*/", "");
        return new ClientException(operation + " refuses: " + detail + fields);
    }
}

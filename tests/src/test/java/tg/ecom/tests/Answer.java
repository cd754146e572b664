package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer of the API.
 *
 * @param asked method and path, for messages
 * @param body missing where there is none
 */
record Answer(String asked, int status, HttpHeaders headers, JsonNode body) {
    static Answer of(String asked, Http.Response response) {
        boolean json = response.headers()
                .firstValue("content-type")
                .filter(type -> type.endsWith("json"))
                .isPresent();
        return new Answer(
                asked, response.status(), response.headers(), json ? response.json() : MissingNode.getInstance());
    }

    /** The answer itself. @throws AssertionError when it has another status */
    Answer expect(int expected) {
        assertEquals(expected, status, () -> asked + " answered " + body);
        return this;
    }

    /** The problem itself. @throws AssertionError when it is another */
    Answer refused(int expected, String code) {
        assertEquals(expected + " " + code, status + " " + code(), () -> asked + " answered " + body);
        return this;
    }

    /** The problem itself, which names exactly those fields. */
    Answer names(String... fields) {
        assertEquals(List.of(fields), fields(), () -> asked + " answered " + body);
        return this;
    }

    /** The problem's code; empty for what is none. */
    String code() {
        return body.path("code").asText();
    }

    /** The fields that a problem names, each once. */
    List<String> fields() {
        List<String> fields = new ArrayList<>();
        body.path("errors").forEach(error -> fields.add(error.path("field").textValue()));
        return fields.stream().distinct().toList();
    }

    /** A text of the body. */
    String text(String field) {
        return body.path(field).asText();
    }

    /** A number of the body. */
    long number(String field) {
        return body.path(field).longValue();
    }

    /** A header's value; empty when it is not there. */
    String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}

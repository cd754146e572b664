package tg.ecom.local.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tg.ecom.client.ClientException;
import tg.ecom.local.gateway.ToolAnswer;
import tg.ecom.local.gateway.ToolEndpoint;
import tg.ecom.local.gateway.ToolRequest;

/**
 * What the tools below {@code /_local} have in common: JSON in, JSON out, and what the caller did wrong said in a
 * sentence.
 */
public final class JsonAnswers {
    private static final String TYPE = "application/json";
    private static final int OK = 200;
    private static final int UNDER_WAY = 202;
    private static final int WRONG = 400;
    private static final int NOT_FOUND = 404;
    private static final int WRONG_METHOD = 405;

    private final ObjectMapper mapper = new ObjectMapper();

    /** A request that a tool can't do anything with; the message says why. */
    public static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Says in that sentence why. */
        public Refusal(String sentence) {
            super(sentence);
        }
    }

    /** A request for something that is not there; the message says what. */
    static final class NotFound extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotFound(String sentence) {
            super(sentence);
        }
    }

    /** What was asked for is still being done; the message says so. */
    public static final class UnderWay extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Says that in that sentence. */
        public UnderWay(String sentence) {
            super(sentence);
        }
    }

    /** Answers a request. */
    public interface Work {
        /** The answer. */
        JsonNode answer(ToolRequest request) throws IOException;
    }

    /** A tool that takes that method only. */
    public ToolEndpoint tool(String method, Work work) {
        return request -> {
            if (!request.method().equals(method)) {
                return answer(WRONG_METHOD, message("This tool takes " + method + "."));
            }
            try {
                return answer(OK, work.answer(request));
            } catch (Refusal | ClientException refused) {
                return answer(WRONG, message(refused.getMessage()));
            } catch (NotFound missing) {
                return answer(NOT_FOUND, message(missing.getMessage()));
            } catch (UnderWay later) {
                return answer(UNDER_WAY, message(later.getMessage()));
            } catch (IOException malformed) {
                return answer(WRONG, message("The body is not valid JSON."));
            }
        };
    }

    /** An empty object. */
    public ObjectNode object() {
        return mapper.createObjectNode();
    }

    /** An object of ours as JSON. */
    public JsonNode tree(Object value) {
        return mapper.valueToTree(value);
    }

    /** The request's body. @throws IOException when it is no JSON */
    public JsonNode body(ToolRequest request) throws IOException {
        return mapper.readTree(request.body());
    }

    /** A whole number of the body. @throws Refusal when it is missing or no whole number */
    public static long integer(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new Refusal("\"" + field + "\" must be a whole number.");
        }
        return value.longValue();
    }

    /** A text of the body. @throws Refusal when it is missing or no text */
    public static String text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isTextual()) {
            throw new Refusal("\"" + field + "\" must be a text.");
        }
        return value.textValue();
    }

    private ObjectNode message(String sentence) {
        return object().put("message", sentence);
    }

    private ToolAnswer answer(int status, JsonNode body) {
        try {
            return new ToolAnswer(status, TYPE, mapper.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

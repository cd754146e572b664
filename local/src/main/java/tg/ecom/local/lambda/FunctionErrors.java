package tg.ecom.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Failures of functions in Lambda's own words. */
final class FunctionErrors {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The limit that Lambda names in the message is 100 bytes above the documented 6 MB. */
    private static final int RESPONSE_MAX_BYTES = 6 * 1024 * 1024 + 100;

    private FunctionErrors() {}

    /** A throwable as the Java runtime reports it: message, type, stack. */
    static Invoker.Result thrown(Throwable failure) {
        ObjectNode error = JSON.createObjectNode();
        error.put("errorMessage", failure.getMessage());
        error.put("errorType", failure.getClass().getName());
        ArrayNode stack = error.putArray("stackTrace");
        for (StackTraceElement element : failure.getStackTrace()) {
            stack.add(element.toString());
        }
        return result(error);
    }

    /** The sandbox ended the invocation at its deadline. */
    static Invoker.Result timedOut(String requestId, Duration timeout) {
        String text = String.format(
                Locale.ROOT,
                "RequestId: %s Error: Task timed out after %.2f seconds",
                requestId,
                timeout.toMillis() / 1000.0);
        return named("Sandbox.Timedout", text);
    }

    /** The runtime's process ended before it answered. */
    static Invoker.Result exited(String requestId, int status) {
        return named(
                "Runtime.ExitError",
                "RequestId: " + requestId + " Error: Runtime exited with error: exit status " + status);
    }

    /** An error that a runtime client reported in Lambda's shape. */
    static Invoker.Result reported(byte[] body) {
        return new Invoker.Result(body, Optional.of("Unhandled"));
    }

    /** The answer, unless it is too large for a synchronous invocation. */
    static Invoker.Result answered(byte[] payload) {
        if (payload.length <= RESPONSE_MAX_BYTES) {
            return new Invoker.Result(payload, Optional.empty());
        }
        return named(
                "Function.ResponseSizeTooLarge",
                "Response payload size (" + payload.length + " bytes) exceeded maximum allowed payload size ("
                        + RESPONSE_MAX_BYTES + " bytes).");
    }

    /** Any error by its type and message. */
    static Invoker.Result named(String type, String message) {
        ObjectNode error = JSON.createObjectNode();
        error.put("errorType", type);
        error.put("errorMessage", message);
        return result(error);
    }

    private static Invoker.Result result(ObjectNode error) {
        try {
            return reported(JSON.writeValueAsBytes(error));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of texts is always JSON", e);
        }
    }
}

package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * How an execution ended.
 *
 * @param output of one that succeeded
 * @param error of one that did not, if it has a name
 * @param cause of one that did not, if it is known
 */
public record Ending(Status status, Optional<JsonNode> output, Optional<String> error, Optional<String> cause) {
    /** The states that an execution ends in. */
    public enum Status {
        SUCCEEDED("ExecutionSucceeded"),
        FAILED("ExecutionFailed"),
        TIMED_OUT("ExecutionTimedOut"),
        ABORTED("ExecutionAborted");

        private final String event;

        Status(String event) {
            this.event = event;
        }

        /** The type of the last event. */
        String event() {
            return event;
        }
    }

    static Ending succeeded(JsonNode output) {
        return new Ending(Status.SUCCEEDED, Optional.of(output), Optional.empty(), Optional.empty());
    }

    static Ending of(Status status, Optional<String> error, Optional<String> cause) {
        return new Ending(status, Optional.empty(), error, cause);
    }
}

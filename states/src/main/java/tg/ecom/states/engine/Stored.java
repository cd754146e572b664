package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * An execution as it is kept, for whoever asks about it.
 *
 * @param status {@code RUNNING}, or how it ended
 * @param output of one that succeeded, JSON
 */
public record Stored(
        Execution execution,
        String status,
        Optional<String> output,
        Optional<String> error,
        Optional<String> cause,
        Optional<Instant> stoppedAt) {
    /** One that has just ended. */
    static Stored ended(Execution execution, Ending ending, Instant at) {
        return new Stored(
                execution,
                ending.status().name(),
                ending.output().map(JsonNode::toString),
                ending.error(),
                ending.cause(),
                Optional.of(at));
    }

    /** Whether it has not ended. */
    public boolean isRunning() {
        return status.equals("RUNNING");
    }
}

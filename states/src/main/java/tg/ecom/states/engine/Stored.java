package tg.ecom.states.engine;

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
    /** Whether it has not ended. */
    public boolean isRunning() {
        return status.equals("RUNNING");
    }
}

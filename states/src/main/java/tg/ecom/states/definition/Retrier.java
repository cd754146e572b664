package tg.ecom.states.definition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * When and how often a failed state is tried again.
 *
 * @param errors the names that it matches
 * @param intervalSeconds before the first try, 1 or more
 * @param attemptsMax tries beside the first, 0 or more
 * @param backoffRate by how much each wait is longer than the one before, 1.0 or more
 * @param delayMaxSeconds the longest wait
 * @param jitter whether a wait is anything between none and the full one
 */
public record Retrier(
        List<String> errors,
        long intervalSeconds,
        long attemptsMax,
        double backoffRate,
        Optional<Long> delayMaxSeconds,
        boolean jitter) {
    private static final double MS_PER_S = 1_000;

    /** No wait is longer than a year, which is as long as an execution may take. */
    private static final double DELAY_MAX_S = 31_622_400;

    public Retrier {
        errors = List.copyOf(errors);
    }

    /** Whether it is for that error. */
    public boolean matches(String error) {
        return ErrorNames.match(errors, error);
    }

    /**
     * How long to wait before trying again.
     *
     * @param retries how often this retrier has tried again already
     * @param random gives numbers from 0 to below 1
     */
    public Duration delay(int retries, DoubleSupplier random) {
        double seconds = intervalSeconds * Math.pow(backoffRate, retries);
        double bounded =
                Math.min(seconds, delayMaxSeconds.map(Long::doubleValue).orElse(DELAY_MAX_S));
        double drawn = jitter ? bounded * random.getAsDouble() : bounded;
        return Duration.ofMillis(Math.round(Math.min(drawn, DELAY_MAX_S) * MS_PER_S));
    }
}

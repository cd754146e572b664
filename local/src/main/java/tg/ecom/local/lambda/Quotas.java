package tg.ecom.local.lambda;

import java.time.Duration;
import java.util.List;

/**
 * The bounds of local's Lambda.
 *
 * @param concurrencyMax instances of one function at one time
 * @param instancesMax instances of all functions together; each may hold a database connection
 * @param idleMax how long an instance is kept without work
 * @param retryDelays how long an asynchronous invocation that failed waits before each further try
 * @param queuedEventsMax asynchronous invocations that wait or run at one time
 */
public record Quotas(
        int concurrencyMax, int instancesMax, Duration idleMax, List<Duration> retryDelays, int queuedEventsMax) {
    /** How long a handler may take to be made: longer than Lambda's 10 s, since a laptop starts everything at once. */
    static final Duration INITIALIZATION_MAX = Duration.ofSeconds(60);

    /** The limit of a synchronous invocation's event. */
    static final int REQUEST_MAX_BYTES = 6 * 1024 * 1024;

    /** The limit of an asynchronous invocation's event. */
    static final int EVENT_MAX_BYTES = 1024 * 1024;

    /** Copies the list. */
    public Quotas {
        retryDelays = List.copyOf(retryDelays);
    }

    /** Two retries after one and two minutes as Lambda does; few instances, as one PostgreSQL serves them all. */
    public static Quotas standard() {
        return new Quotas(
                16, 120, Duration.ofMinutes(5), List.of(Duration.ofMinutes(1), Duration.ofMinutes(2)), 10_000);
    }
}

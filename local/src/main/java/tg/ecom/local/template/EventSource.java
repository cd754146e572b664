package tg.ecom.local.template;

import java.time.Duration;
import java.util.Optional;

/** What invokes a function: an event of its SAM definition. */
public sealed interface EventSource {
    /** The event's id in the template, prefixed with the function's logical path. */
    String id();

    /**
     * A route of an HTTP API.
     *
     * @param api the logical path of its API
     * @param method an HTTP method in capitals, or {@code ANY}
     * @param path the path with {@code {parameters}}, or {@code $default}
     * @param timeout how long the API waits for the function, 30 s at most
     */
    record HttpRoute(String id, String api, String method, String path, Duration timeout) implements EventSource {
        /** The route key as the payload names it: {@code GET /api/me} or {@code $default}. */
        public String key() {
            return path.equals("$default") ? path : method + " " + path;
        }
    }

    /**
     * An EventBridge schedule.
     *
     * @param expression {@code rate(…)}, {@code cron(…)} or {@code at(…)}
     * @param zone the time zone of a cron expression
     * @param input the event's JSON; absent for the scheduler's own event
     */
    record Schedule(String id, String expression, String zone, Optional<String> input, boolean enabled)
            implements EventSource {}

    /**
     * An SQS queue that is polled.
     *
     * @param queueArn the queue's ARN
     * @param batchSize messages in one invocation at most
     * @param batchingWindow how long a batch may gather
     * @param reportsItemFailures whether the function answers with the messages that failed
     * @param concurrencyMax invocations at one time at most, if limited
     */
    record QueueSource(
            String id,
            String queueArn,
            int batchSize,
            Duration batchingWindow,
            boolean reportsItemFailures,
            Optional<Integer> concurrencyMax,
            boolean enabled)
            implements EventSource {}
}

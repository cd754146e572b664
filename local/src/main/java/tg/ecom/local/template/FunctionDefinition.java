package tg.ecom.local.template;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Lambda function as its template defines it.
 *
 * @param logicalPath logical ids from the root template down, such as {@code Auth/Login}
 * @param name the function's name
 * @param handler {@code package.Class} or {@code package.Class::method}
 * @param code the zip of its code
 * @param layers the zips of its layers, in order
 * @param memoryMb memory in MB
 * @param timeout how long one invocation may take
 * @param environment its variables; {@code {{resolve:…}}} not yet resolved, see {@link DynamicReferences}
 * @param alias the alias that SAM publishes, if it does
 * @param events what invokes it
 */
public record FunctionDefinition(
        String logicalPath,
        String name,
        String handler,
        Path code,
        List<Path> layers,
        int memoryMb,
        Duration timeout,
        Map<String, String> environment,
        Optional<String> alias,
        List<EventSource> events) {
    /** Copies what is mutable. */
    public FunctionDefinition {
        layers = List.copyOf(layers);
        environment = Map.copyOf(environment);
        events = List.copyOf(events);
    }

    /** Whether a clock has it run, whatever else happens. */
    public boolean runsByTheClock() {
        return events.stream().anyMatch(EventSource.Schedule.class::isInstance);
    }

    /** Whether a route of an HTTP API leads to it. */
    public boolean hasRoute() {
        return events.stream().anyMatch(EventSource.HttpRoute.class::isInstance);
    }

    /** The function's ARN, without a version. */
    public String arn() {
        return ResourceNames.arn("lambda", "function:" + name);
    }
}

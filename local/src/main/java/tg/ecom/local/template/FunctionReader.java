package tg.ecom.local.template;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads an AWS::Serverless::Function with SAM's defaults. */
final class FunctionReader {
    private static final int MEMORY_DEFAULT_MB = 128;
    private static final int TIMEOUT_DEFAULT_S = 3;
    private static final int TIMEOUT_MAX_S = 900;
    private static final int INTEGRATION_TIMEOUT_MAX_MS = 30_000;
    private static final int QUEUE_BATCH_DEFAULT = 10;

    private final Scope scope;
    private final Map<String, Path> layers;

    FunctionReader(Scope scope, Map<String, Path> layers) {
        this.scope = scope;
        this.layers = layers;
    }

    FunctionDefinition read(String logicalId, Properties properties) {
        int timeout = properties.number("Timeout", TIMEOUT_DEFAULT_S);
        if (timeout < 1 || timeout > TIMEOUT_MAX_S) {
            throw new UnresolvableException("Timeout is 1 to " + TIMEOUT_MAX_S + " seconds, not " + timeout);
        }
        return new FunctionDefinition(
                scope.pathOf(logicalId),
                scope.reference(logicalId).toString(),
                properties.text("Handler"),
                Archives.zip(scope.file(), "CodeUri", properties.text("CodeUri")),
                layers(properties),
                properties.number("MemorySize", MEMORY_DEFAULT_MB),
                Duration.ofSeconds(timeout),
                environment(properties.inner("Environment").inner("Variables")),
                properties.optional("AutoPublishAlias"),
                events(logicalId, properties.inner("Events")));
    }

    private List<Path> layers(Properties properties) {
        List<Path> zips = new ArrayList<>();
        for (String arn : properties.texts("Layers")) {
            Path zip = layers.get(arn);
            if (zip == null) {
                throw new UnresolvableException("there is no layer " + arn + " in the templates");
            }
            zips.add(zip);
        }
        return zips;
    }

    private static Map<String, String> environment(Properties variables) {
        Map<String, String> environment = new LinkedHashMap<>();
        variables.values().keySet().forEach(name -> environment.put(name.toString(), variables.text(name.toString())));
        return environment;
    }

    private List<EventSource> events(String logicalId, Properties events) {
        List<EventSource> sources = new ArrayList<>();
        events.values().forEach((key, value) -> {
            Properties event = Properties.of(value);
            String id = scope.pathOf(logicalId) + "/" + key;
            sources.add(event(id, event.text("Type"), event.inner("Properties")));
        });
        return sources;
    }

    private EventSource event(String id, String type, Properties event) {
        return switch (type) {
            case "HttpApi" -> route(id, event);
            case "Schedule", "ScheduleV2" -> schedule(id, type, event);
            case "SQS" -> queue(id, event);
            default ->
                throw new UnresolvableException("its event " + id + " has the type " + type
                        + ", which is not supported (HttpApi, Schedule, ScheduleV2 and SQS are)");
        };
    }

    private EventSource route(String id, Properties event) {
        String path = event.text("Path", "$default");
        if (!path.startsWith("/") && !path.equals("$default")) {
            throw new UnresolvableException("the path of its event " + id + " doesn't begin with a slash: " + path);
        }
        String method = event.text("Method", "ANY").toUpperCase(Locale.ROOT);
        String any = "X-AMAZON-APIGATEWAY-ANY-METHOD";
        int timeout = event.number("TimeoutInMillis", INTEGRATION_TIMEOUT_MAX_MS);
        return new EventSource.HttpRoute(
                id,
                apiOf(event),
                method.equals(any) ? "ANY" : method,
                path,
                Duration.ofMillis(Math.min(timeout, INTEGRATION_TIMEOUT_MAX_MS)));
    }

    /** ApiId is evaluated by now: the API of this stack that has the id. */
    private String apiOf(Properties event) {
        Optional<String> id = event.optional("ApiId");
        if (id.isEmpty()) {
            return scope.pathOf(GeneratedResource.IMPLICIT_API);
        }
        return scope.resources().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Map<?, ?> definition
                        && "AWS::Serverless::HttpApi".equals(definition.get("Type")))
                .map(entry -> entry.getKey().toString())
                .filter(logicalId -> scope.reference(logicalId).equals(id.get()))
                .findFirst()
                .map(scope::pathOf)
                .orElseThrow(() -> new UnresolvableException(
                        "the ApiId of a route has to refer to an AWS::Serverless::HttpApi of the same template"));
    }

    private static EventSource schedule(String id, String type, Properties event) {
        String expression = event.text(type.equals("Schedule") ? "Schedule" : "ScheduleExpression");
        if (!expression.matches("(rate|cron|at)\\(.+\\)")) {
            throw new UnresolvableException("the schedule of its event " + id + " is not rate(), cron() or at()");
        }
        boolean enabled =
                event.truth("Enabled", true) && event.text("State", "ENABLED").equals("ENABLED");
        return new EventSource.Schedule(
                id, expression, event.text("ScheduleExpressionTimezone", "UTC"), event.optional("Input"), enabled);
    }

    private static EventSource queue(String id, Properties event) {
        return new EventSource.QueueSource(
                id,
                event.text("Queue"),
                event.number("BatchSize", QUEUE_BATCH_DEFAULT),
                event.seconds("MaximumBatchingWindowInSeconds", 0),
                event.texts("FunctionResponseTypes").contains("ReportBatchItemFailures"),
                event.inner("ScalingConfig").optionalNumber("MaximumConcurrency"),
                event.truth("Enabled", true));
    }
}

package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tg.ecom.local.Project;
import tg.ecom.platform.Contract;
import tg.ecom.platform.Operation;

/** The routes of the templates, the operations of openapi.yaml and the entry point's behaviours say the same. */
final class RoutesTest {
    private final Collection<Operation> operations = Contract.get().operations().values();

    @Test
    void everyRouteIsAnOperation_andEveryOperationARoute() {
        TreeSet<String> contracted = operations.stream()
                .map(operation -> operation.method() + " " + operation.path() + " " + operation.id())
                .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> routed = Handlers.all().stream()
                .map(Handlers.Routed::description)
                .collect(Collectors.toCollection(TreeSet::new));
        assertFalse(routed.isEmpty());
        assertEquals(contracted, routed);
    }

    @Test
    void operationForEverybody_isAPublicFunction_andTheOthersNeedAToken() {
        Map<String, Boolean> contracted = new TreeMap<>();
        operations.forEach(operation -> contracted.put(operation.id(), operation.isSignedIn()));
        Map<String, Boolean> handled = new TreeMap<>();
        Handlers.all().forEach(handler -> handled.put(handler.operationId(), handler.isSignedIn()));
        assertEquals(contracted, handled);
    }

    @Test
    void everyRoute_isReachableThroughTheEntryPoint() throws IOException {
        JsonNode distribution = new YAMLMapper()
                .readTree(Project.root().resolve("template.yaml").toFile())
                .at("/Resources/EntryPoint/Properties/DistributionConfig");
        Map<String, String> stacks = new TreeMap<>();
        distribution
                .path("Origins")
                .forEach(origin -> stacks.put(
                        origin.path("Id").textValue(),
                        origin.path("DomainName").textValue().split("\\.", -1)[0]));
        for (Handlers.Routed handler : Handlers.all()) {
            String path = handler.route().path().replaceAll("\\{[^}]+}", "1");
            JsonNode behavior = behavior(distribution, path);
            String stack = stacks.get(behavior.path("TargetOriginId").textValue());
            assertEquals(handler.route().api().split("/", -1)[0], stack, () -> "where the entry point leads " + path);
            List<String> methods = StreamSupport.stream(
                            behavior.path("AllowedMethods").spliterator(), false)
                    .map(JsonNode::textValue)
                    .toList();
            assertEquals(true, methods.contains(handler.route().method()), () -> "methods let through to " + path);
        }
    }

    /** The first whose pattern matches, as CloudFront chooses. */
    private static JsonNode behavior(JsonNode distribution, String path) {
        for (JsonNode behavior : distribution.path("CacheBehaviors")) {
            if (pattern(behavior.path("PathPattern").textValue()).matcher(path).matches()) {
                return behavior;
            }
        }
        return distribution.path("DefaultCacheBehavior");
    }

    private static Pattern pattern(String wildcards) {
        String quoted = Pattern.quote(wildcards).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.compile(quoted);
    }
}

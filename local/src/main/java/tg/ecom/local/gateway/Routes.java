package tg.ecom.local.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tg.ecom.local.template.EventSource.HttpRoute;
import tg.ecom.local.template.FunctionDefinition;
import tg.ecom.local.template.HttpApi;
import tg.ecom.local.template.Stack;

/**
 * The routes of all HTTP APIs and API Gateway's order among them: a full match, then parameters, then a greedy
 * parameter, then {@code $default}; the request's method before {@code ANY}.
 */
final class Routes {
    private final List<Route> routes = new ArrayList<>();
    private final Map<String, HttpApi> apis = new HashMap<>();

    Routes(Stack root) {
        root.all(Stack::apis).forEach(api -> apis.put(api.logicalPath(), api));
        for (FunctionDefinition function : root.all(Stack::functions)) {
            function.events().forEach(event -> {
                if (event instanceof HttpRoute route) {
                    routes.add(new Route(route, function, apis.get(route.api()), segments(route.path())));
                }
            });
        }
        routes.sort(Comparator.comparing(Route::rank));
    }

    /** The route of a request, with the values of its path's parameters. */
    Optional<Match> find(String method, String rawPath) {
        List<String> segments = segments(rawPath);
        for (Route route : routes) {
            boolean takes = route.definition().method().equals(method)
                    || route.definition().method().equals("ANY");
            Optional<Map<String, String>> parameters = takes ? route.match(segments) : Optional.empty();
            if (parameters.isPresent()) {
                return Optional.of(new Match(route, parameters.get()));
            }
        }
        return Optional.empty();
    }

    /** The API that any method of that path belongs to: whose CORS rules a preflight asks for. */
    Optional<HttpApi> apiOf(String rawPath) {
        List<String> segments = segments(rawPath);
        return routes.stream()
                .filter(route -> route.match(segments).isPresent())
                .findFirst()
                .map(Route::api);
    }

    /** A percent-encoded slash doesn't part segments. */
    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A stray percent sign means itself.
            return segment;
        }
    }

    /** The route and what its parameters are, decoded. */
    record Match(Route route, Map<String, String> parameters) {}

    /** A route of the templates, the function that answers it and its path's segments. */
    record Route(HttpRoute definition, FunctionDefinition function, HttpApi api, List<String> pattern) {
        /** Sorts specific paths first: by each segment's kind, literal, parameter, greedy; {@code $default} is last. */
        String rank() {
            if (definition.path().equals("$default")) {
                return "9";
            }
            StringBuilder rank = new StringBuilder();
            for (String segment : pattern) {
                rank.append(isGreedy(segment) ? '3' : isParameter(segment) ? '2' : '1');
            }
            return rank.append(definition.method().equals("ANY") ? "01" : "00").toString();
        }

        Optional<Map<String, String>> match(List<String> segments) {
            if (definition.path().equals("$default")) {
                return Optional.of(Map.of());
            }
            Map<String, String> parameters = new LinkedHashMap<>();
            for (int index = 0; index < pattern.size(); index++) {
                String expected = pattern.get(index);
                if (index >= segments.size()) {
                    return Optional.empty();
                }
                if (isGreedy(expected)) {
                    String rest = String.join("/", segments.subList(index, segments.size()));
                    parameters.put(expected.substring(1, expected.length() - 2), decoded(rest));
                    return rest.isEmpty() ? Optional.empty() : Optional.of(parameters);
                }
                String actual = decoded(segments.get(index));
                if (isParameter(expected)) {
                    if (actual.isEmpty()) {
                        return Optional.empty();
                    }
                    parameters.put(expected.substring(1, expected.length() - 1), actual);
                } else if (!expected.equals(actual)) {
                    return Optional.empty();
                }
            }
            return segments.size() == pattern.size() ? Optional.of(parameters) : Optional.empty();
        }

        private static boolean isParameter(String segment) {
            return segment.startsWith("{") && segment.endsWith("}");
        }

        private static boolean isGreedy(String segment) {
            return segment.startsWith("{") && segment.endsWith("+}");
        }
    }
}

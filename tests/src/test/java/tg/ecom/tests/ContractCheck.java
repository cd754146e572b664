package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tg.ecom.platform.Contract;
import tg.ecom.platform.Operation;

/**
 * Holds answers against openapi.yaml: status, content type and body. What the gateway says by itself is in its own
 * words.
 */
final class ContractCheck {
    /**
     * What API Gateway answers for a route that there is not, a body of more than 10 MB, a function that failed or is
     * busy.
     */
    private static final Set<Integer> GATEWAY_STATUSES = Set.of(404, 413, 503);

    private final List<Route> routes = Contract.get().operations().values().stream()
            .map(operation -> new Route(operation, pattern(operation.path())))
            .toList();
    private final Map<String, Optional<Schema>> schemas = new ConcurrentHashMap<>();

    private record Route(Operation operation, Pattern path) {}

    /** @throws AssertionError when the answer is not one of the contract */
    void check(String method, String pathAndQuery, Http.Response response) {
        String path = pathAndQuery.split("\\?", -1)[0];
        Optional<Operation> operation = routes.stream()
                .filter(route -> route.operation.method().equals(method)
                        && route.path.matcher(path).matches())
                .map(Route::operation)
                .findFirst();
        if (operation.isPresent() && !isGatewayWorded(response)) {
            check(operation.get(), response);
        }
    }

    private void check(Operation operation, Http.Response response) {
        int status = response.status();
        String what = operation.id() + " answered " + status + " " + response.text();
        Optional<Schema> schema =
                schemas.computeIfAbsent(operation.id() + " " + status, key -> operation.responseSchema(status));
        if (schema.isEmpty()) {
            assertEquals(0, response.body().length, what);
            return;
        }
        assertTrue(status == operation.successStatus() || status >= 400, what);
        String type = status == operation.successStatus() ? "application/json" : "application/problem+json";
        assertEquals(type, response.headers().firstValue("content-type").orElse(""), what);
        assertEquals(List.of(), schema.get().validate(response.json()), what);
        if (status >= 400) {
            assertEquals(status, response.json().path("status").intValue(), what);
        }
    }

    private static boolean isGatewayWorded(Http.Response response) {
        if (!GATEWAY_STATUSES.contains(response.status())
                || !response.headers().firstValue("content-type").orElse("").equals("application/json")) {
            return false;
        }
        JsonNode body = response.json();
        return body.size() == 1 && body.path("message").isTextual();
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(template.replace(".", "\\.").replaceAll("\\{[^}]+}", "[^/]+"));
    }
}

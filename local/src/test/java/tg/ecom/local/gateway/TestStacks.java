package tg.ecom.local.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tg.ecom.local.template.EventSource;
import tg.ecom.local.template.EventSource.HttpRoute;
import tg.ecom.local.template.FunctionDefinition;
import tg.ecom.local.template.HttpApi;
import tg.ecom.local.template.Stack;

/** Stacks that templates with those routes would give. */
final class TestStacks {
    static final HttpApi.Cors CORS = new HttpApi.Cors(
            List.of("https://app.tg"),
            List.of("GET", "POST"),
            List.of("authorization"),
            List.of(),
            Optional.of(60),
            true);

    private TestStacks() {}

    /** A function a route, named by its route key; without CORS. */
    static Stack of(List<String> keys) {
        return of(keys, Optional.empty(), Duration.ofSeconds(30));
    }

    static Stack of(List<String> keys, Optional<HttpApi.Cors> cors, Duration timeout) {
        List<FunctionDefinition> functions =
                keys.stream().map(key -> function(key, timeout)).toList();
        return of(functions, List.of(new HttpApi("Api", "abcdefghij", cors)));
    }

    static Stack of(List<FunctionDefinition> functions, List<HttpApi> apis) {
        return new Stack(
                "ecom", "", functions, apis, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Map.of(), List.of());
    }

    static EventSource route(String key, Duration timeout) {
        int space = key.indexOf(' ');
        String method = space < 0 ? "ANY" : key.substring(0, space);
        return new HttpRoute(key, "Api", method, key.substring(space + 1), timeout);
    }

    private static FunctionDefinition function(String key, Duration timeout) {
        return new FunctionDefinition(
                key,
                key,
                "a.B",
                Path.of("code.zip"),
                List.of(),
                128,
                timeout,
                Map.of(),
                Optional.empty(),
                List.of(route(key, timeout)));
    }
}

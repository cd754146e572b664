package tg.ecom.local.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tg.ecom.local.template.HttpApi;

/** CORS as an HTTP API does it when its template configures it. */
final class CrossOrigin {
    private final HttpApi.Cors rules;

    CrossOrigin(HttpApi.Cors rules) {
        this.rules = rules;
    }

    static boolean isPreflight(HttpRequest request) {
        return request.method().equals("OPTIONS")
                && !request.header("origin").isEmpty()
                && !request.header("access-control-request-method").isEmpty();
    }

    /** The answer to a preflight; without CORS headers when the origin isn't allowed. */
    HttpAnswer preflight(HttpRequest request) {
        List<Map.Entry<String, String>> headers = new ArrayList<>(headers(request));
        if (!headers.isEmpty()) {
            add(headers, "access-control-allow-methods", rules.methods());
            add(headers, "access-control-allow-headers", rules.headers());
            rules.maxAgeSeconds()
                    .ifPresent(age -> headers.add(Map.entry("access-control-max-age", Integer.toString(age))));
        }
        return new HttpAnswer(204, headers, new byte[0]);
    }

    /** What is added to every answer to a request of an allowed origin. */
    List<Map.Entry<String, String>> headers(HttpRequest request) {
        String origin = request.header("origin");
        boolean any = rules.origins().contains("*");
        if (origin.isEmpty() || !(any || rules.origins().contains(origin))) {
            return List.of();
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("access-control-allow-origin", any ? "*" : origin));
        add(headers, "access-control-expose-headers", rules.exposedHeaders());
        if (rules.credentials()) {
            headers.add(Map.entry("access-control-allow-credentials", "true"));
        }
        return headers;
    }

    private static void add(List<Map.Entry<String, String>> headers, String name, List<String> values) {
        if (!values.isEmpty()) {
            headers.add(Map.entry(name, String.join(",", values)));
        }
    }
}

package tg.ecom.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Problem;
import tg.ecom.platform.CommonProblem.Unauthorized;

/** An answer for API Gateway. */
record HttpResponse(int status, Map<String, String> headers, String body) {
    private static final Map<Integer, String> TITLES = Map.of(
            400, "Bad Request",
            401, "Unauthorized",
            403, "Forbidden",
            404, "Not Found",
            409, "Conflict",
            413, "Content Too Large",
            415, "Unsupported Media Type",
            422, "Unprocessable Content",
            429, "Too Many Requests",
            503, "Service Unavailable");

    static HttpResponse json(int status, Object answer) {
        if (answer instanceof NoContent) {
            return new HttpResponse(status, new LinkedHashMap<>(), "");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        return new HttpResponse(
                status, headers, Json.mapper().valueToTree(answer).toString());
    }

    static HttpResponse problem(Problem problem, Language language, String requestId) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type", "about:blank");
        body.put("title", TITLES.getOrDefault(problem.status(), "Internal Server Error"));
        body.put("status", problem.status());
        body.put("code", problem.code());
        body.put("detail", problem.detail().in(language));
        body.put("request_id", requestId);
        problem.members().forEach((name, value) -> body.set(name, Json.mapper().valueToTree(value)));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/problem+json");
        headers.put("content-language", language.code());
        headers.put("cache-control", "no-store");
        problem.retryAfter()
                .ifPresent(delay -> headers.put("retry-after", Long.toString(Math.max(1, delay.toSeconds()))));
        if (problem.status() == 401) {
            headers.put("www-authenticate", challenge(problem));
        }
        return new HttpResponse(problem.status(), headers, body.toString());
    }

    /** Who sent no token is not told that it is wrong (RFC 6750 §3.1). */
    private static String challenge(Problem problem) {
        return problem instanceof Unauthorized refused && refused.reason() != Unauthorized.Reason.TOKEN_MISSING
                ? "Bearer error=\"invalid_token\""
                : "Bearer";
    }

    /** As the HTTP API expects it. */
    ObjectNode event() {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("statusCode", status);
        ObjectNode fields = event.putObject("headers");
        headers.forEach(fields::put);
        event.put("body", body);
        event.put("isBase64Encoded", false);
        return event;
    }
}

package tg.ecom.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an HTTP API makes of a function's answer, payload format version 2.0. */
final class ProxyResult {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> CONNECTION_HEADERS =
            Set.of("connection", "content-length", "transfer-encoding", "keep-alive", "upgrade");

    private ProxyResult() {}

    /** The response; empty where the answer is none that API Gateway understands. */
    static Optional<HttpAnswer> read(byte[] payload) {
        JsonNode answer;
        try {
            answer = JSON.readTree(payload);
        } catch (IOException e) {
            return Optional.empty();
        }
        if (answer.isMissingNode()) {
            return Optional.empty();
        }
        // Without a status the answer itself is the body of a 200.
        return answer.isObject() && answer.has("statusCode")
                ? formatted(answer)
                : Optional.of(HttpAnswer.of(200, "application/json", payload));
    }

    private static Optional<HttpAnswer> formatted(JsonNode answer) {
        int status = answer.get("statusCode").asInt();
        Optional<byte[]> body = body(answer);
        if (status < 200 || status > 599 || body.isEmpty()) {
            return Optional.empty();
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (Map.Entry<String, JsonNode> header : answer.path("headers").properties()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!isToken(name) || header.getValue().isContainerNode()) {
                return Optional.empty();
            }
            if (!CONNECTION_HEADERS.contains(name)) {
                headers.add(Map.entry(name, header.getValue().asText()));
            }
        }
        answer.path("cookies").forEach(cookie -> headers.add(Map.entry("set-cookie", cookie.asText())));
        if (headers.stream().noneMatch(header -> header.getKey().equals("content-type")) && body.get().length > 0) {
            headers.add(Map.entry("content-type", "text/plain;charset=UTF-8"));
        }
        return Optional.of(new HttpAnswer(status, headers, body.get()));
    }

    private static Optional<byte[]> body(JsonNode answer) {
        JsonNode body = answer.path("body");
        if (body.isContainerNode()) {
            return Optional.empty();
        }
        String text = body.isMissingNode() || body.isNull() ? "" : body.asText();
        if (!answer.path("isBase64Encoded").asBoolean()) {
            return Optional.of(text.getBytes(StandardCharsets.UTF_8));
        }
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isToken(String name) {
        return name.matches("[!#$%&'*+.^_`|~0-9a-z-]+");
    }
}

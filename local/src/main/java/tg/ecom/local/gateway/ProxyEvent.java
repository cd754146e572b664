package tg.ecom.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tg.ecom.local.template.ResourceNames;

/** A request as API Gateway hands it to a function: payload format version 2.0 of HTTP APIs. */
final class ProxyEvent {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

    private ProxyEvent() {}

    /** The event's JSON. The time is the gateway's own, as functions take theirs from their clock. */
    static byte[] of(HttpRequest request, Routes.Match match, EdgeHeaders edge, String requestId, Instant time) {
        String apiId = match.route().api().id();
        String domainName = apiId + ".execute-api." + ResourceNames.REGION + ".amazonaws.com";
        ObjectNode event = JSON.createObjectNode();
        event.put("version", "2.0");
        event.put("routeKey", match.route().definition().key());
        event.put("rawPath", request.path());
        event.put("rawQueryString", request.query());
        cookies(request, event);
        Map<String, String> headers = edge.of(request, domainName);
        putAll(event.putObject("headers"), headers);
        Map<String, String> parameters = query(request.query());
        if (!parameters.isEmpty()) {
            putAll(event.putObject("queryStringParameters"), parameters);
        }
        ObjectNode context = context(request, match, apiId, domainName);
        context.put("requestId", requestId);
        context.put("time", TIME.format(time));
        context.put("timeEpoch", time.toEpochMilli());
        event.set("requestContext", context);
        if (!match.parameters().isEmpty()) {
            putAll(event.putObject("pathParameters"), match.parameters());
        }
        body(request, event);
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of texts is always JSON", e);
        }
    }

    private static ObjectNode context(HttpRequest request, Routes.Match match, String apiId, String domainName) {
        ObjectNode context = JSON.createObjectNode();
        context.put("accountId", ResourceNames.ACCOUNT);
        context.put("apiId", apiId);
        context.put("domainName", domainName);
        context.put("domainPrefix", apiId);
        context.put("routeKey", match.route().definition().key());
        context.put("stage", "$default");
        context.putObject("http")
                .put("method", request.method())
                .put("path", request.path())
                .put("protocol", "HTTP/1.1")
                .put("sourceIp", EdgeHeaders.EDGE_ADDRESS)
                .put("userAgent", request.header("user-agent"));
        return context;
    }

    private static void cookies(HttpRequest request, ObjectNode event) {
        List<String> sent = request.headers().getOrDefault("cookie", List.of());
        if (!sent.isEmpty()) {
            ArrayNode cookies = event.putArray("cookies");
            for (String header : sent) {
                for (String cookie : header.split(";", -1)) {
                    if (!cookie.isBlank()) {
                        cookies.add(cookie.strip());
                    }
                }
            }
        }
    }

    /** Decoded; a parameter that comes again is joined by commas. */
    private static Map<String, String> query(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                parameters.merge(name, value, (first, second) -> first + "," + second);
            }
        }
        return parameters;
    }

    private static void body(HttpRequest request, ObjectNode event) {
        if (request.body().length == 0) {
            event.put("isBase64Encoded", false);
            return;
        }
        Optional<String> text = isText(request.header("content-type")) ? utf8(request.body()) : Optional.empty();
        event.put("body", text.orElseGet(() -> Base64.getEncoder().encodeToString(request.body())));
        event.put("isBase64Encoded", text.isEmpty());
    }

    /** The content types that HTTP APIs pass on as text; every other body is base64. */
    private static boolean isText(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.startsWith("text/")
                || type.equals("application/json")
                || type.equals("application/javascript")
                || type.equals("application/xml")
                || type.endsWith("+json")
                || type.endsWith("+xml");
    }

    private static Optional<String> utf8(byte[] body) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A stray percent sign means itself.
            return text;
        }
    }

    private static void putAll(ObjectNode node, Map<String, String> values) {
        values.forEach(node::put);
    }
}

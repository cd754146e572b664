package tg.ecom.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tg.ecom.platform.Json;

/** The services of AWS at the outer edge: Secrets Manager and KMS, as far as auth uses them, and an outbox of SNS. */
final class CloudServer implements AutoCloseable {
    private static final int DATA_KEY_BYTES = 32;
    private static final String PUBLISHED = """
            <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>
            <MessageId>1</MessageId></PublishResult></PublishResponse>
            """;

    private static final String REFUSED = """
            <ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type>
            <Code>InvalidParameter</Code>
            <Message>Invalid parameter: PhoneNumber Reason: PHONE is not valid to publish to</Message>
            </Error></ErrorResponse>
            """;

    private final HttpServer server;
    private final SecretVersions secrets = new SecretVersions();
    private final Set<String> unreachable = Collections.synchronizedSet(new HashSet<>());
    private final List<Map<String, String>> messages = Collections.synchronizedList(new ArrayList<>());

    CloudServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::serve);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    SecretVersions secrets() {
        return secrets;
    }

    /** The text messages that were sent, as forms of SNS's Publish. */
    List<Map<String, String>> messages() {
        return List.copyOf(messages);
    }

    /** From now on SNS sends that phone nothing. */
    void refuse(String phone) {
        unreachable.add(phone);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            if (target == null) {
                publish(exchange, form(body));
                return;
            }
            JsonNode request = Json.mapper().readTree(body);
            String action = target.substring(target.indexOf('.') + 1);
            ObjectNode json =
                    target.startsWith("TrentService") ? key(action, request) : secrets.answer(action, request);
            answer(exchange, "application/x-amz-json-1.1", json.has("__type") ? 400 : 200, json.toString());
        }
    }

    private void publish(HttpExchange exchange, Map<String, String> message) throws IOException {
        String phone = message.get("PhoneNumber");
        if (unreachable.contains(phone)) {
            answer(exchange, "text/xml", 400, REFUSED.replace("PHONE", phone));
        } else {
            messages.add(message);
            answer(exchange, "text/xml", 200, PUBLISHED);
        }
    }

    /** Wraps a data key by turning it around. */
    private static ObjectNode key(String action, JsonNode request) throws IOException {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("KeyId", "key");
        return switch (action) {
            case "GenerateDataKey" -> {
                byte[] key = new byte[DATA_KEY_BYTES];
                new SecureRandom().nextBytes(key);
                yield answer.put("Plaintext", base64(key)).put("CiphertextBlob", base64(turned(key)));
            }
            case "Decrypt" ->
                answer.put(
                        "Plaintext",
                        base64(turned(request.path("CiphertextBlob").binaryValue())));
            default -> throw new IllegalArgumentException(action);
        };
    }

    private static byte[] turned(byte[] bytes) {
        byte[] turned = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            turned[i] = bytes[bytes.length - 1 - i];
        }
        return turned;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&", -1))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }

    private static void answer(HttpExchange exchange, String type, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}

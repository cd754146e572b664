package tg.ecom.notifications;

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
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import tg.ecom.platform.Json;

/** The services of AWS at the outer edge, as far as notifications uses them: KMS, and SNS for text messages. */
final class CloudServer implements AutoCloseable {
    private static final int DATA_KEY_BYTES = 32;
    private static final int OK = 200;

    /** A text message that SNS took, or failed at after it may have taken it. */
    record Sent(String phone, String text) {}

    private final HttpServer server;
    private final List<Sent> messages = new CopyOnWriteArrayList<>();
    private volatile int status = OK;
    private volatile String code = "";

    CloudServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The text messages that were sent. */
    List<Sent> messages() {
        return List.copyOf(messages);
    }

    /** From now on SNS answers so to each message; below 500 it sends none. */
    void answer(int newStatus, String newCode) {
        status = newStatus;
        code = newCode;
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
            } else {
                ObjectNode key = key(
                        target.substring(target.indexOf('.') + 1), Json.mapper().readTree(body));
                answer(exchange, "application/x-amz-json-1.1", OK, key.toString());
            }
        }
    }

    private void publish(HttpExchange exchange, Map<String, String> message) throws IOException {
        if (status == OK || status >= 500) {
            messages.add(new Sent(message.get("PhoneNumber"), message.get("Message")));
        }
        String xml = status == OK
                ? "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>"
                : "<ErrorResponse><Error><Code>" + code + "</Code><Message>no</Message></Error></ErrorResponse>";
        answer(exchange, "text/xml", status, xml);
    }

    /** Wraps a data key by turning it around. */
    private static ObjectNode key(String action, JsonNode request) throws IOException {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("KeyId", "key");
        if (action.equals("GenerateDataKey")) {
            byte[] key = new byte[DATA_KEY_BYTES];
            new SecureRandom().nextBytes(key);
            return answer.put("Plaintext", base64(key)).put("CiphertextBlob", base64(turned(key)));
        }
        return answer.put(
                "Plaintext", base64(turned(request.path("CiphertextBlob").binaryValue())));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] turned(byte[] bytes) {
        byte[] turned = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            turned[i] = bytes[bytes.length - 1 - i];
        }
        return turned;
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

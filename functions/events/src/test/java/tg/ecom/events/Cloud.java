package tg.ecom.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import tg.ecom.platform.Json;

/** AWS's outer edge as far as the relay uses it: a topic, and sagas that are started and woken. */
final class Cloud implements AutoCloseable {
    /** An event as it was published. */
    record Published(String type, JsonNode body) {}

    private final HttpServer server;
    private final List<Published> published = Collections.synchronizedList(new ArrayList<>());
    private final List<String> sagaCalls = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean isDown;
    private volatile String refusedType = "";

    Cloud() {
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

    /** Whether every call fails from now on. */
    void down(boolean down) {
        isDown = down;
    }

    /** From now on SNS refuses events of that type, one by one. */
    void refuse(String type) {
        refusedType = type;
    }

    /** What was published since the last look. */
    List<Published> published() {
        synchronized (published) {
            List<Published> taken = List.copyOf(published);
            published.clear();
            return taken;
        }
    }

    /** The actions asked of Step Functions since the last look, each with the execution's name or the token. */
    List<String> sagaCalls() {
        synchronized (sagaCalls) {
            List<String> taken = List.copyOf(sagaCalls);
            sagaCalls.clear();
            return taken;
        }
    }

    /** How many events each request carried. */
    List<Integer> batches() {
        return List.copyOf(batches);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            if (isDown) {
                answer(exchange, 503, "");
            } else if (target != null) {
                JsonNode request = Json.mapper().readTree(body);
                String action = target.substring(target.indexOf('.') + 1);
                sagaCalls.add(action + " "
                        + request.path("name").asText(request.path("taskToken").asText()));
                answer(exchange, 200, "{\"executionArn\": \"arn\", \"startDate\": 0}");
            } else {
                answer(exchange, 200, publish(fields(body)));
            }
        }
    }

    private String publish(Map<String, String> fields) throws IOException {
        StringBuilder successful = new StringBuilder();
        StringBuilder failed = new StringBuilder();
        int count = 0;
        for (int i = 1; fields.containsKey(entry(i, "Id")); i++) {
            String type = fields.get(entry(i, "MessageAttributes.entry.1.Value.StringValue"));
            String id = "<Id>" + fields.get(entry(i, "Id")) + "</Id>";
            if (type.equals(refusedType)) {
                failed.append("<member>").append(id).append("<Code>InternalError</Code></member>");
            } else {
                published.add(new Published(type, Json.mapper().readTree(fields.get(entry(i, "Message")))));
                successful.append("<member>").append(id).append("<MessageId>1</MessageId></member>");
            }
            count++;
        }
        batches.add(count);
        return "<PublishBatchResponse><PublishBatchResult><Successful>" + successful + "</Successful><Failed>" + failed
                + "</Failed></PublishBatchResult></PublishBatchResponse>";
    }

    private static String entry(int index, String field) {
        return "PublishBatchRequestEntries.member." + index + "." + field;
    }

    private static Map<String, String> fields(String form) {
        Map<String, String> fields = new TreeMap<>();
        for (String pair : form.split("&")) {
            int equals = pair.indexOf('=');
            fields.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}

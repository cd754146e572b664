package tg.ecom.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tg.ecom.platform.Json;
import tg.ecom.testing.EdgeServer;

/** AWS's outer edge as far as the relay uses it: a topic, and sagas that are started and woken. */
final class Cloud implements AutoCloseable {
    /** An event as it was published. */
    record Published(String type, JsonNode body) {}

    private final EdgeServer server;
    private final List<Published> published = Collections.synchronizedList(new ArrayList<>());
    private final List<String> sagaCalls = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean isDown;
    private volatile String refusedType = "";

    Cloud() {
        server = new EdgeServer(this::serve);
    }

    String url() {
        return server.url();
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
        server.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (isDown) {
            EdgeServer.answer(exchange, "text/plain", 503, "");
        } else if (target != null) {
            JsonNode request = Json.mapper().readTree(body);
            String action = target.substring(target.indexOf('.') + 1);
            sagaCalls.add(action + " "
                    + request.path("name").asText(request.path("taskToken").asText()));
            EdgeServer.answer(
                    exchange, "application/x-amz-json-1.0", 200, "{\"executionArn\": \"arn\", \"startDate\": 0}");
        } else {
            EdgeServer.answer(exchange, "text/xml", 200, publish(EdgeServer.form(body)));
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
}

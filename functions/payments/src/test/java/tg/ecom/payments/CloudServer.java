package tg.ecom.payments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import tg.ecom.platform.Json;
import tg.ecom.testing.EdgeServer;
import tg.ecom.testing.KeyService;

/** The services of AWS at the outer edge, as far as payments uses them: KMS, secrets, and the queue of questions. */
final class CloudServer implements AutoCloseable {
    /** A message as it was sent. */
    record Sent(Question question, int delayS) {}

    private final EdgeServer server;
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Queue<Sent> messages = new ConcurrentLinkedQueue<>();
    private final Queue<JsonNode> calls = new ConcurrentLinkedQueue<>();
    private volatile boolean queueIsDown;
    private volatile boolean machinesAreDown;

    CloudServer() {
        server = new EdgeServer(this::serve);
    }

    String url() {
        return server.url();
    }

    void secret(String name, String value) {
        secrets.put(name, value);
    }

    /** From now on the queue takes nothing. */
    void stopQueue() {
        queueIsDown = true;
    }

    /** From now on no saga can be started or woken. */
    void stopMachines() {
        machinesAreDown = true;
    }

    /** What was asked of Step Functions since the last look, each with its {@code action}. */
    List<JsonNode> machineCalls() {
        List<JsonNode> taken = List.copyOf(calls);
        calls.removeAll(taken);
        return taken;
    }

    /** The questions sent since the last look, oldest first. */
    List<Sent> sent() {
        List<Sent> taken = List.copyOf(messages);
        messages.removeAll(taken);
        return taken;
    }

    @Override
    public void close() {
        server.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        JsonNode request = Json.mapper().readTree(exchange.getRequestBody());
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String service = target.substring(0, target.indexOf('.'));
        String action = target.substring(target.indexOf('.') + 1);
        ObjectNode answer = switch (service) {
            case "TrentService" -> KeyService.answer(action, request);
            case "AmazonSQS" -> queue(action, request);
            case "AWSStepFunctions" -> machine(action, request);
            default ->
                JsonNodeFactory.instance
                        .objectNode()
                        .put(
                                "SecretString",
                                secrets.get(request.path("SecretId").asText()));
        };
        EdgeServer.answer(exchange, "application/x-amz-json-1.0", answer.has("__type") ? 400 : 200, answer.toString());
    }

    private ObjectNode machine(String action, JsonNode request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (machinesAreDown) {
            return answer.put("__type", "ThrottlingException").put("message", "slow down");
        }
        calls.add(((ObjectNode) request).put("action", action));
        return answer.put("executionArn", "arn").put("startDate", 0);
    }

    private ObjectNode queue(String action, JsonNode request) throws IOException {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (queueIsDown) {
            return answer.put("__type", "com.amazonaws.sqs#QueueDoesNotExist").put("message", "gone");
        }
        if (action.equals("SendMessage")) {
            return kept(answer, request);
        }
        for (JsonNode entry : request.path("Entries")) {
            kept(
                    answer.withArray("Successful")
                            .addObject()
                            .put("Id", entry.path("Id").asText()),
                    entry);
        }
        return answer;
    }

    private ObjectNode kept(ObjectNode answer, JsonNode message) throws IOException {
        String body = message.path("MessageBody").asText();
        messages.add(new Sent(
                Json.mapper().readValue(body, Question.class),
                message.path("DelaySeconds").asInt()));
        return answer.put("MessageId", "1").put("MD5OfMessageBody", md5(body));
    }

    private static String md5(String body) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

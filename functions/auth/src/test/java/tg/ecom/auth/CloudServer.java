package tg.ecom.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tg.ecom.platform.Json;
import tg.ecom.testing.EdgeServer;
import tg.ecom.testing.KeyService;

/** The services of AWS at the outer edge: Secrets Manager and KMS, as far as auth uses them, and an outbox of SNS. */
final class CloudServer implements AutoCloseable {
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

    private final EdgeServer server;
    private final SecretVersions secrets = new SecretVersions();
    private final Set<String> unreachable = Collections.synchronizedSet(new HashSet<>());
    private final List<Map<String, String>> messages = Collections.synchronizedList(new ArrayList<>());

    CloudServer() {
        server = new EdgeServer(this::serve);
    }

    String url() {
        return server.url();
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
        server.close();
    }

    /** One at a time: versions of secrets are kept without locks. */
    private synchronized void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target == null) {
            publish(exchange, EdgeServer.form(body));
            return;
        }
        JsonNode request = Json.mapper().readTree(body);
        String action = target.substring(target.indexOf('.') + 1);
        ObjectNode json = target.startsWith("TrentService")
                ? KeyService.answer(action, request)
                : secrets.answer(action, request);
        EdgeServer.answer(exchange, "application/x-amz-json-1.1", json.has("__type") ? 400 : 200, json.toString());
    }

    private void publish(HttpExchange exchange, Map<String, String> message) throws IOException {
        String phone = message.get("PhoneNumber");
        if (unreachable.contains(phone)) {
            EdgeServer.answer(exchange, "text/xml", 400, REFUSED.replace("PHONE", phone));
        } else {
            messages.add(message);
            EdgeServer.answer(exchange, "text/xml", 200, PUBLISHED);
        }
    }
}

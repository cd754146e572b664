package tg.ecom.notifications;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tg.ecom.platform.Json;
import tg.ecom.testing.EdgeServer;
import tg.ecom.testing.KeyService;

/** The services of AWS at the outer edge, as far as notifications uses them: KMS, and SNS for text messages. */
final class CloudServer implements AutoCloseable {
    private static final int OK = 200;

    /** A text message that SNS took, or failed at after it may have taken it. */
    record Sent(String phone, String text) {}

    private final EdgeServer server;
    private final List<Sent> messages = new CopyOnWriteArrayList<>();
    private volatile int status = OK;
    private volatile String code = "";

    CloudServer() {
        server = new EdgeServer(this::serve);
    }

    String url() {
        return server.url();
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
        server.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target == null) {
            publish(exchange, EdgeServer.form(body));
        } else {
            ObjectNode key = KeyService.answer(
                    target.substring(target.indexOf('.') + 1), Json.mapper().readTree(body));
            EdgeServer.answer(exchange, "application/x-amz-json-1.1", OK, key.toString());
        }
    }

    private void publish(HttpExchange exchange, Map<String, String> message) throws IOException {
        if (status == OK || status >= 500) {
            messages.add(new Sent(message.get("PhoneNumber"), message.get("Message")));
        }
        String xml = status == OK
                ? "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>"
                : "<ErrorResponse><Error><Code>" + code + "</Code><Message>no</Message></Error></ErrorResponse>";
        EdgeServer.answer(exchange, "text/xml", status, xml);
    }
}

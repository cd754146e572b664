package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Phone;
import tg.ecom.platform.TextMessages.Sending;

/** What is known of a message after SNS was asked to send it, and how often it was asked. */
class TextMessagesTest {
    private static final Phone PHONE = Phone.of("+22890123456");
    private static final String TAKEN =
            "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult>" + "</PublishResponse>";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int status;
    private volatile String body = TAKEN;
    private HttpServer server;
    private TextMessages messages;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
        messages = new TextMessages(new Aws(Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.getAddress().getPort())));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void messageThatSnsTakes_isSentOnce_beforeAdvertisements() {
        status = 200;
        assertEquals(Sending.SENT, messages.send(PHONE, "le déjeuner"));
        assertEquals(1, asked.size());
        assertTrue(asked.getFirst().contains("Message=le déjeuner"), asked.getFirst());
        assertTrue(asked.getFirst().contains("PhoneNumber=+22890123456"), asked.getFirst());
        assertTrue(asked.getFirst().contains("Transactional"), asked.getFirst());
    }

    @Test
    void phoneThatTakesNone_isRefused_andNotLogged() {
        try (LogLines log = LogLines.open()) {
            answer(400, "InvalidParameter");
            assertEquals(Sending.REFUSED, messages.send(PHONE, "text"));
            answer(400, "OptedOut");
            assertEquals(Sending.REFUSED, messages.send(PHONE, "text"));
            assertFalse(log.whole().contains("90123456"), log.whole());
        }
        assertEquals(2, asked.size());
    }

    @Test
    void throttledMessage_isTriedAgain_andThenUnsent() {
        answer(400, "Throttling");
        assertEquals(Sending.UNSENT, messages.send(PHONE, "text"));
        assertEquals(3, asked.size());
    }

    @Test
    void messageThatMayNotBeSent_isUnsent_andTheReasonIsLogged() {
        answer(403, "AuthorizationError");
        try (LogLines log = LogLines.open()) {
            assertEquals(Sending.UNSENT, messages.send(PHONE, "text"));
            assertTrue(log.text().contains("AuthorizationError"), log.text());
            assertFalse(log.whole().contains("90123456"), log.whole());
        }
        assertEquals(1, asked.size());
    }

    @Test
    void serverThatFails_orHangsUp_isAskedOnce_sinceItMayHaveSent() {
        answer(500, "InternalFailure");
        assertEquals(Sending.UNKNOWN, messages.send(PHONE, "text"));
        assertEquals(1, asked.size());
        status = 0;
        assertEquals(Sending.UNKNOWN, messages.send(PHONE, "text"));
        assertEquals(2, asked.size());
    }

    @Test
    void serverThatIsNotThere_hasSentNothing() {
        server.stop(0);
        assertEquals(Sending.UNSENT, messages.send(PHONE, "text"));
        assertEquals(0, asked.size());
    }

    private void answer(int refusedStatus, String code) {
        status = refusedStatus;
        body = "<ErrorResponse><Error><Code>%s</Code><Message>about +22890123456</Message></Error></ErrorResponse>"
                .formatted(code);
    }

    /** Status 0 hangs up. */
    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(URLDecoder.decode(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    StandardCharsets.UTF_8));
            if (status == 0) {
                return;
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "text/xml");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}

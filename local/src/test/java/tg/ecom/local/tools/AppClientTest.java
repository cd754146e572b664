package tg.ecom.local.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AppClientTest {
    private final Deque<Prepared> answers = new ArrayDeque<>();
    private final List<String> tokens = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private AppClient app;

    private record Prepared(int status, String retryAfter, String body) {}

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        app = new AppClient("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void whoIsSignedIn_saysSo() {
        answers.add(new Prepared(200, "", "{\"user_type\": \"client\"}"));
        assertEquals(
                "client", app.signedIn("token").get("/api/me").path("user_type").asText());
        assertEquals(List.of("Bearer token"), tokens);
    }

    @Test
    void refusal_saysWhatTheApiSays_ofEachField() {
        answers.add(new Prepared(400, "", """
                {"detail": "Some fields are wrong.", "errors": [{"field": "price", "message": "is too small"}]}"""));
        assertEquals("products refuses: Some fields are wrong. (price is too small)", refusal("/api/store/products"));
    }

    @Test
    void whoMayWait_triesAgainAfterRetryAfter() {
        answers.add(new Prepared(429, "1", "{}"));
        answers.add(new Prepared(200, "", "{\"expires_in_s\": 300}"));
        AppClient waiting = app.waiting(Duration.ofSeconds(1));
        assertEquals(300, waiting.get("/api/auth/send-otp").path("expires_in_s").intValue());
    }

    @Test
    void waitThatIsTooLong_isARefusalAtOnce() {
        answers.add(new Prepared(429, "1", "{\"detail\": \"Too soon.\"}"));
        assertEquals("send-otp refuses: Too soon.", refusal("/api/auth/send-otp?x=/y"));
        assertEquals(1, tokens.size());
    }

    @Test
    void silence_isARefusal() {
        server.stop(0);
        assertEquals("me does not answer.", refusal("/api/me"));
    }

    private String refusal(String path) {
        return assertThrows(JsonAnswers.Refusal.class, () -> app.get(path)).getMessage();
    }

    private void answer(HttpExchange exchange) throws IOException {
        tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("authorization")));
        Prepared next = answers.remove();
        if (!next.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().set("retry-after", next.retryAfter());
        }
        byte[] body = next.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(next.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}

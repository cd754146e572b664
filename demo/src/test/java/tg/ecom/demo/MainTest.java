package tg.ecom.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void ecomThatAnswersSomethingElse_endsTheStoryWithWhatAndWhere() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", MainTest::answer);
        server.start();
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        try {
            int port = server.getAddress().getPort();
            assertFalse(Main.run(
                    new Main.Options(port, Path.of("nowhere"), false),
                    new PrintStream(told, true, StandardCharsets.UTF_8)));
        } finally {
            server.stop(0);
        }
        String output = told.toString(StandardCharsets.UTF_8);
        assertTrue(
                output.contains(
                        "✗ POST /_local/demo answered 404 {\"message\":\"Not Found\"}, and should have answered 200."),
                output);
        assertFalse(output.contains("\033"), "colours where no terminal is");
    }

    @Test
    void options_areReadOrRefusedInASentence() {
        assertEquals(9_000, Main.Options.of(List.of("--port", "9000")).port());
        assertEquals(8_080, Main.Options.of(List.of("--data", "/tmp/x")).port());
        assertEquals("--port takes a number from 1 to 65535, not 70000.", refusal("--port", "70000"));
        assertEquals("--data needs a value.", refusal("--data"));
        assertEquals("./ecom demo has no option --fast.", refusal("--fast"));
    }

    private static String refusal(String... arguments) {
        return assertThrows(IllegalArgumentException.class, () -> Main.Options.of(List.of(arguments)))
                .getMessage();
    }

    private static void answer(HttpExchange exchange) {
        boolean isHealth = exchange.getRequestURI().getPath().equals("/_local/health");
        byte[] body = (isHealth ? "{\"status\": \"ready\"}" : "{\"message\": \"Not Found\"}")
                .getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(isHealth ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

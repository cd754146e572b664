package tg.ecom.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import tg.ecom.local.aws.AwsResponse;
import tg.ecom.local.lambda.Invoker;

/** A gateway whose functions answer as the test says. */
final class TestGateway implements Invoker, AutoCloseable {
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicReference<JsonNode> event = new AtomicReference<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Gateway gateway;
    String answer = "{\"statusCode\":204}";
    RuntimeException refusal;
    Optional<String> functionError = Optional.empty();

    TestGateway(Path directory) throws IOException {
        this(directory, Duration.ofMillis(300));
    }

    /** With functions that have so much time. */
    TestGateway(Path directory, Duration timeout) throws IOException {
        Path contract = Files.writeString(directory.resolve("openapi.yaml"), """
                openapi: 3.1.0
                servers:
                  - url: /
                paths: {}
                """);
        Mounts mounts = new Mounts(
                request -> new AwsResponse(
                        418,
                        Map.of("x-path", request.path(), "x-query", request.query()),
                        request.header("x-amz-target").orElse("none").getBytes(StandardCharsets.UTF_8)),
                Map.of(
                        "health", request -> new ToolAnswer(200, "application/json", new byte[] {'1'}),
                        "operators",
                                request -> new ToolAnswer(
                                        200,
                                        "text/plain",
                                        (request.method() + request.path() + request.parameter("phone"))
                                                .getBytes(StandardCharsets.UTF_8)),
                        "broken",
                                request -> {
                                    throw new IllegalStateException("on purpose");
                                }),
                request -> request.path().equals("/cut")
                        ? Optional.empty()
                        : Optional.of(new ToolAnswer(
                                200,
                                "text/plain",
                                (request.operator() + request.method() + request.path() + request.query())
                                        .getBytes(StandardCharsets.UTF_8))),
                contract,
                () -> "secret-of-origin");
        List<String> keys = List.of(
                "GET /api/things",
                "POST /api/things",
                "ANY /api/things/{id}",
                "GET /slow",
                "GET /held",
                "GET /api/greedy/{rest+}");
        gateway = new Gateway(0, TestStacks.of(keys, Optional.of(TestStacks.CORS), timeout), this, mounts);
    }

    /** The last event that a function was given. */
    JsonNode event() {
        return event.get();
    }

    int port() {
        return gateway.port();
    }

    String address() {
        return gateway.address();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(gateway.address() + path));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends bytes that no client would and gives the first line of the answer. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return response.lines().findFirst().orElse("");
        }
    }

    static void assertMessage(int status, String message, HttpResponse<String> response) {
        assertEquals(status, response.statusCode());
        assertEquals("{\"message\":\"" + message + "\"}", response.body());
        assertEquals(Optional.of("application/json"), response.headers().firstValue("content-type"));
    }

    @Override
    public Result invoke(String function, byte[] payload) {
        if (refusal != null) {
            throw refusal;
        }
        try {
            event.set(JSON.readTree(payload));
            if (function.equals("GET /slow")) {
                never.await();
            } else if (function.equals("GET /held")) {
                held.countDown();
                released.await();
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Result(answer.getBytes(StandardCharsets.UTF_8), functionError);
    }

    @Override
    public void invokeEvent(String function, byte[] payload) {
        throw new UnsupportedOperationException();
    }

    /** Waits until the function of {@code /held} was invoked. */
    void awaitHeld() throws InterruptedException {
        assertTrue(held.await(10, TimeUnit.SECONDS));
    }

    /** Has the function of {@code /held} answer. */
    void release() {
        released.countDown();
    }

    void drain(Duration max) {
        gateway.drain(max);
    }

    @Override
    public void close() {
        gateway.close();
    }
}

package tg.ecom.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The one-machine cloud whose console is tested: {@code ./ecom up} on a free port, with data of its own, started by the
 * first who asks and ended with the JVM; or, with {@code -Decom.base-url=URL}, one that runs already.
 */
final class Machine {
    /** Most of it is for the build, which {@code ./ecom up} makes when there is none. */
    private static final Duration READY_MAX = Duration.ofMinutes(15);

    private static final Duration END_MAX = Duration.ofSeconds(30);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final long POLL_MS = 200;
    private static final int OK = 200;
    private static final int OK_BELOW = 300;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final String address;

    private Machine(String address) {
        this.address = address;
    }

    static Machine get() {
        return Holder.MACHINE;
    }

    String address() {
        return address;
    }

    /** A tool below {@code /_local}. */
    JsonNode tool(String method, String name, Map<String, ?> body) {
        return send(method, "/_local/" + name, Map.of(), body);
    }

    /** An operation of the API. */
    JsonNode api(String path, Map<String, String> headers, Map<String, ?> body) {
        return api("POST", path, headers, body);
    }

    /** An operation of the API by another method. */
    JsonNode api(String method, String path, Map<String, String> headers, Map<String, ?> body) {
        return send(method, path, headers, body);
    }

    /** An action of Step Functions. */
    JsonNode states(String action, Map<String, ?> body) {
        Map<String, String> headers = Map.of(
                "x-amz-target",
                "AWSStepFunctions." + action,
                "authorization",
                "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/states/aws4_request");
        return send("POST", "/_aws", headers, body);
    }

    /** Sends a text message as a function does. */
    void text(String phone, String message) {
        String form = "Action=Publish&Version=2010-03-31&PhoneNumber="
                + URLEncoder.encode(phone, StandardCharsets.UTF_8) + "&Message="
                + URLEncoder.encode(message, StandardCharsets.UTF_8);
        exchange(HttpRequest.newBuilder(URI.create(address + "/_aws"))
                .header("content-type", "application/x-www-form-urlencoded")
                .header("authorization", "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/sns/aws4_request")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private JsonNode send(String method, String path, Map<String, String> headers, Map<String, ?> body) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("content-type", "application/json");
        HttpRequest.BodyPublisher sent = method.equals("GET")
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(json.valueToTree(body).toString());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).method(method, sent);
        all.forEach(request::header);
        try {
            return json.readTree(exchange(request));
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private String exchange(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer =
                    http.send(request.timeout(ANSWER_MAX).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= OK_BELOW) {
                throw new AssertionError(
                        answer.request().uri() + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    private static Machine start() {
        String given = System.getProperty("ecom.base-url", "");
        return given.isEmpty() ? startHere() : new Machine(given);
    }

    private static Machine startHere() {
        try {
            int port = freePort();
            Path directory = Files.createTempDirectory("ecom-console");
            Path root = Path.of(System.getProperty("ecom.root"));
            Process process = new ProcessBuilder(
                            root.resolve("ecom").toString(),
                            "up",
                            "--port",
                            Integer.toString(port),
                            "--data",
                            directory.resolve("data").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("up.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, directory)));
            Machine machine = new Machine("http://127.0.0.1:" + port);
            machine.awaitReady(process, directory.resolve("up.log"));
            return machine;
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private void awaitReady(Process process, Path log) throws IOException {
        Instant until = Instant.now().plus(READY_MAX);
        while (!isReady()) {
            if (Instant.now().isAfter(until) || hasEnded(process)) {
                throw new AssertionError("./ecom up did not start:\n" + Files.readString(log));
            }
        }
    }

    private boolean isReady() {
        try {
            return http.send(
                                    HttpRequest.newBuilder(URI.create(address + "/_local/health"))
                                            .timeout(ANSWER_MAX)
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == OK;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /** Waits a moment for that. */
    private static boolean hasEnded(Process process) {
        try {
            return process.waitFor(POLL_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    private static void end(Process process, Path directory) {
        process.destroy();
        try (Stream<Path> files = Files.walk(directory)) {
            if (!process.waitFor(END_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static final class Holder {
        private static final Machine MACHINE = start();
    }
}

package tg.ecom.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A one-machine cloud as a process of its own, which is started again when it was killed on purpose. */
public final class Machine implements AutoCloseable {
    private static final Duration READY_MAX = Duration.ofMinutes(2);
    private static final Duration DEATH_MAX = Duration.ofSeconds(10);
    private static final Duration END_MAX = Duration.ofSeconds(30);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(45);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final Path root;
    private final Path data;
    private final Path log;
    private final int port;
    private Process process;
    private int deaths;
    private boolean mayDie;

    private Machine(Path root, Path directory) {
        this.root = root;
        this.data = directory.resolve("data");
        this.log = directory.resolve("machine.log");
        this.port = freePort();
        this.process = launch();
    }

    /** An answer's status and its body as JSON. */
    record Answer(int status, JsonNode body) {
        /** The body. @throws SoakFailure when the status is another */
        JsonNode expect(int expected) {
            if (status != expected) {
                throw new SoakFailure("an answer was " + status + ", not " + expected + ": " + body);
            }
            return body;
        }
    }

    /**
     * Starts one of the project folder {@code root}, with everything that it keeps and says below {@code directory}.
     *
     * @throws SoakFailure when it does not start
     */
    public static Machine start(Path root, Path directory) {
        Machine machine = new Machine(root, directory);
        machine.awaitReady();
        return machine;
    }

    /** What it said. */
    public Path log() {
        return log;
    }

    /** Whether it may die from now on. */
    void mayDie(boolean may) {
        mayDie = may;
    }

    /** How often it died. */
    int deaths() {
        return deaths;
    }

    Answer get(String path, Map<String, String> headers) {
        return send("GET", path, headers, "");
    }

    Answer post(String path, Map<String, String> headers, Map<String, ?> body) {
        return send("POST", path, headers, json.valueToTree(body).toString());
    }

    /** A tool below {@code /_local}. */
    JsonNode tool(String method, String name, Map<String, ?> body) {
        String text = method.equals("GET") ? "" : json.valueToTree(body).toString();
        return send(method, "/_local/" + name, Map.of(), text).expect(OK);
    }

    /** Sends; when the machine dies of it, which it must be allowed to, starts it again and sends once more. */
    private Answer send(String method, String path, Map<String, String> headers, String body) {
        try {
            return exchange(method, path, headers, body);
        } catch (IOException unanswered) {
            if (!mayDie || !hasEnded()) {
                throw new SoakFailure(method + " " + path + " had no answer: " + unanswered);
            }
            deaths++;
            mayDie = false;
            process = launch();
            awaitReady();
            return send(method, path, headers, body);
        }
    }

    private Answer exchange(String method, String path, Map<String, String> headers, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(ANSWER_MAX)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        if (!headers.containsKey("content-type") && !body.isEmpty()) {
            request.setHeader("content-type", "application/json");
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), json.readTree(response.body()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SoakFailure("it was interrupted");
        }
    }

    private Process launch() {
        List<String> command = List.of(
                "/bin/bash",
                root.resolve("ecom").toString(),
                "up",
                "--data",
                data.toString(),
                "--port",
                Integer.toString(port));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void awaitReady() {
        long end = System.nanoTime() + READY_MAX.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new SoakFailure("the machine does not start; what it said is in " + log);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private boolean isReady() {
        try {
            return exchange("GET", "/_local/health", Map.of(), "").status() == OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    private boolean hasEnded() {
        return awaitEnd(DEATH_MAX);
    }

    private boolean awaitEnd(Duration max) {
        try {
            return process.waitFor(max.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        if (!awaitEnd(END_MAX)) {
            process.destroyForcibly();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

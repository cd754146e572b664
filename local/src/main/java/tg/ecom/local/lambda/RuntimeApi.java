package tg.ecom.local.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The Lambda Runtime API (2018-06-01) for one process: it fetches an invocation, answers it, and fetches the next. A
 * server a process, since the protocol doesn't say who asks.
 */
public final class RuntimeApi implements AutoCloseable {
    private static final String BASE = "/2018-06-01/runtime/";
    private static final String INVOCATIONS = BASE + "invocation/";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>(1);
    private final Map<String, CompletableFuture<Invoker.Result>> answers = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Invoker.Result> initializationError = new CompletableFuture<>();

    /** Listens on a free port of 127.0.0.1. */
    public RuntimeApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("The Runtime API finds no free port", e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** The value of AWS_LAMBDA_RUNTIME_API. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Completes when the process asks for its first invocation, so its handler is made. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** Completes when the process reports that its handler can't be made. */
    CompletableFuture<Invoker.Result> initializationError() {
        return initializationError;
    }

    /** Hands an invocation to the process; one at a time. */
    CompletableFuture<Invoker.Result> submit(Invocation invocation) {
        CompletableFuture<Invoker.Result> answer = new CompletableFuture<>();
        answers.put(invocation.requestId(), answer);
        waiting.add(invocation);
        return answer;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String request =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            if (request.equals("GET " + INVOCATIONS + "next")) {
                next(exchange);
            } else if (request.equals("POST " + BASE + "init/error")) {
                initializationError.complete(FunctionErrors.reported(body));
                send(exchange, 202, "{\"status\":\"OK\"}");
            } else if (request.startsWith("POST " + INVOCATIONS)) {
                answer(exchange, request.substring(("POST " + INVOCATIONS).length()), body);
            } else {
                send(exchange, 404, "{\"errorType\":\"NotFound\",\"errorMessage\":\"Not Found\"}");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        ready.complete(null);
        Invocation invocation = waiting.take();
        long deadline = System.currentTimeMillis() + invocation.timeout().toMillis();
        String trace = "Root=1-%08x-%s;Sampled=0"
                .formatted(
                        System.currentTimeMillis() / 1000,
                        UUID.randomUUID().toString().replace("-", "").substring(0, 24));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
        exchange.getResponseHeaders().set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
        exchange.getResponseHeaders().set("Lambda-Runtime-Invoked-Function-Arn", Invocation.arn(invocation.function()));
        exchange.getResponseHeaders().set("Lambda-Runtime-Trace-Id", trace);
        send(exchange, 200, invocation.payload());
    }

    private void answer(HttpExchange exchange, String path, byte[] body) throws IOException {
        int slash = path.indexOf('/');
        String kind = slash < 0 ? "" : path.substring(slash + 1);
        CompletableFuture<Invoker.Result> answer = slash < 0 ? null : answers.remove(path.substring(0, slash));
        if (answer == null || (!kind.equals("response") && !kind.equals("error"))) {
            send(exchange, 400, "{\"errorType\":\"InvalidRequestID\",\"errorMessage\":\"Invalid request ID\"}");
            return;
        }
        send(exchange, 202, "{\"status\":\"OK\"}");
        answer.complete(kind.equals("error") ? FunctionErrors.reported(body) : FunctionErrors.answered(body));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}

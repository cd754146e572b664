package tg.ecom.local.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tg.ecom.local.lambda.Invoker;
import tg.ecom.local.lambda.RequestTooLargeException;
import tg.ecom.local.lambda.TooManyRequestsException;
import tg.ecom.local.template.HttpApi;

/**
 * The HTTP APIs of all templates behind one address: route, invoke, answer, with API Gateway's own words for failures.
 */
final class HttpApis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpApis.class);

    private final Routes routes;
    private final Invoker invoker;
    /** Requests read, the end writes. */
    private final ReentrantReadWriteLock underway = new ReentrantReadWriteLock();

    private volatile boolean isDraining;
    private final EdgeHeaders edge;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("integration-", 0).factory());

    HttpApis(Routes routes, Invoker invoker, EdgeHeaders edge) {
        this.routes = routes;
        this.invoker = invoker;
        this.edge = edge;
    }

    HttpAnswer answer(HttpRequest request) {
        if (!underway.readLock().tryLock()) {
            return unavailable();
        }
        try {
            return isDraining ? unavailable() : answerOfRoute(request);
        } finally {
            underway.readLock().unlock();
        }
    }

    /** Refuses requests from now on, and waits for those underway. */
    void drain(Duration max) {
        isDraining = true;
        try {
            if (underway.writeLock().tryLock(max.toMillis(), TimeUnit.MILLISECONDS)) {
                underway.writeLock().unlock();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpAnswer unavailable() {
        return HttpAnswer.message(503, "Service Unavailable");
    }

    private HttpAnswer answerOfRoute(HttpRequest request) {
        String requestId = UUID.randomUUID().toString();
        Optional<CrossOrigin> cors =
                routes.apiOf(request.path()).flatMap(HttpApi::cors).map(CrossOrigin::new);
        if (cors.isPresent() && CrossOrigin.isPreflight(request)) {
            return cors.get().preflight(request);
        }
        HttpAnswer answer = routes.find(request.method(), request.path())
                .map(match -> integrate(request, match, requestId))
                .orElseGet(() -> HttpAnswer.message(404, "Not Found"));
        List<Map.Entry<String, String>> shared =
                cors.map(rules -> rules.headers(request)).orElse(List.of());
        return answer.with(shared).with(List.of(Map.entry("apigw-requestid", requestId)));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private HttpAnswer integrate(HttpRequest request, Routes.Match match, String requestId) {
        byte[] event = ProxyEvent.of(request, match, edge, requestId, Instant.now());
        String function = match.route().function().name();
        Future<Invoker.Result> invocation = threads.submit(() -> invoker.invoke(function, event));
        try {
            long timeout = match.route().definition().timeout().toMillis();
            return read(function, invocation.get(timeout, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            // The function goes on by itself, as Lambda lets it; HTTP APIs say this where REST APIs say 504.
            return unavailable();
        } catch (ExecutionException e) {
            return failed(function, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HttpAnswer.message(503, "Service Unavailable");
        }
    }

    private static HttpAnswer read(String function, Invoker.Result result) {
        if (result.functionError().isPresent()) {
            LOG.error("{} failed: {}", function, text(result));
            return HttpAnswer.message(500, "Internal Server Error");
        }
        return ProxyResult.read(result.payload()).orElseGet(() -> {
            LOG.error("{} answered what an HTTP API does not understand: {}", function, text(result));
            return HttpAnswer.message(500, "Internal Server Error");
        });
    }

    private static HttpAnswer failed(String function, Throwable cause) {
        return switch (cause) {
            case RequestTooLargeException _ -> HttpAnswer.message(413, "Request Entity Too Large");
            case TooManyRequestsException _ -> HttpAnswer.message(503, "Service Unavailable");
            default -> {
                LOG.error("{} could not be invoked", function, cause);
                yield HttpAnswer.message(500, "Internal Server Error");
            }
        };
    }

    private static String text(Invoker.Result result) {
        return new String(result.payload(), StandardCharsets.UTF_8);
    }
}

package tg.ecom.local.lambda;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asynchronous invocations: bounded, and tried again when the function fails. They don't outlive this process. */
final class EventQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);

    private final List<Duration> retryDelays;
    private final Semaphore places;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("event-", 0).factory());

    EventQueue(Quotas quotas) {
        this.retryDelays = quotas.retryDelays();
        this.places = new Semaphore(quotas.queuedEventsMax());
    }

    void add(Invocation invocation, FunctionHost host) {
        if (!places.tryAcquire()) {
            throw new TooManyRequestsException(invocation.function().name());
        }
        threads.execute(() -> {
            try {
                deliver(invocation, host);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                places.release();
            }
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void deliver(Invocation invocation, FunctionHost host) throws InterruptedException {
        String failure = attempt(invocation, host);
        for (Duration delay : retryDelays) {
            if (failure.isEmpty()) {
                return;
            }
            Thread.sleep(delay);
            failure = attempt(invocation, host);
        }
        if (!failure.isEmpty()) {
            LOG.error(
                    "The event {} is given up after {} tries of {}: {}",
                    invocation.requestId(),
                    retryDelays.size() + 1,
                    invocation.function().name(),
                    failure);
        }
    }

    /** The failure, empty when the function answered. */
    private static String attempt(Invocation invocation, FunctionHost host) {
        try {
            Invoker.Result result = host.invoke(invocation);
            return result.functionError().isPresent() ? new String(result.payload(), StandardCharsets.UTF_8) : "";
        } catch (TooManyRequestsException e) {
            return e.getMessage();
        }
    }
}

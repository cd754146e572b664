package tg.ecom.local.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tg.ecom.local.lambda.Invoker;
import tg.ecom.local.parts.Recurring;
import tg.ecom.local.template.EventSource;
import tg.ecom.local.template.Queue;

/**
 * Brings the messages of one queue to one function, as Lambda's event sources do: what succeeded is deleted, what
 * failed comes again when its visibility timeout has passed, until the queue's redrive policy takes it away.
 */
final class QueuePoller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueuePoller.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final int RECEIVE_COUNT_MAX = 10;

    /** With as many Lambda begins. */
    private static final int CONCURRENCY_DEFAULT = 5;

    private final QueueService service;
    private final Queue queue;
    private final EventSource.QueueSource source;
    private final String function;
    private final Invoker invoker;
    private final InstantSource clock;
    private final Semaphore places;
    private final Recurring polling;
    private final ExecutorService invocations;

    QueuePoller(
            QueueService service,
            Queue queue,
            EventSource.QueueSource source,
            String function,
            Invoker invoker,
            InstantSource clock) {
        this.service = service;
        this.queue = queue;
        this.source = source;
        this.function = function;
        this.invoker = invoker;
        this.clock = clock;
        this.places = new Semaphore(source.concurrencyMax().orElse(CONCURRENCY_DEFAULT));
        this.polling = new Recurring("poll-" + queue.name(), INTERVAL, this::poll);
        this.invocations = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("batch-" + queue.name() + "-", 0).factory());
    }

    void start() {
        polling.start();
    }

    /** Looks at once, since there may be something now. */
    void look() {
        polling.call();
    }

    /** Invocations underway are interrupted; their messages come again. */
    @Override
    public void close() {
        polling.close();
        invocations.shutdownNow();
    }

    private void poll() {
        while (!polling.closed() && places.tryAcquire()) {
            List<JsonNode> batch = List.of();
            try {
                batch = gather();
            } finally {
                if (batch.isEmpty()) {
                    places.release();
                }
            }
            if (batch.isEmpty()) {
                return;
            }
            List<JsonNode> messages = batch;
            invocations.execute(() -> serve(messages));
        }
    }

    private List<JsonNode> gather() {
        List<JsonNode> batch = receive(source.batchSize());
        Instant end = clock.instant().plus(source.batchingWindow());
        while (!batch.isEmpty()
                && batch.size() < source.batchSize()
                && clock.instant().isBefore(end)
                && !polling.closed()) {
            List<JsonNode> more = receive(source.batchSize() - batch.size());
            batch.addAll(more);
            if (more.isEmpty()) {
                polling.pause(INTERVAL);
            }
        }
        return batch;
    }

    private List<JsonNode> receive(int count) {
        ObjectNode input = QueueService.object()
                .put("QueueUrl", service.url(queue.name()))
                .put("MaxNumberOfMessages", Math.min(count, RECEIVE_COUNT_MAX));
        input.putArray("AttributeNames").add("All");
        input.putArray("MessageAttributeNames").add("All");
        List<JsonNode> kept = new ArrayList<>();
        List<JsonNode> expired = new ArrayList<>();
        Instant oldest = clock.instant().minus(queue.retention());
        for (JsonNode message : service.call("ReceiveMessage", input).path("Messages")) {
            boolean old = Instant.ofEpochMilli(
                            message.path("Attributes").path("SentTimestamp").asLong())
                    .isBefore(oldest);
            (old ? expired : kept).add(message);
        }
        // ElasticMQ keeps messages for ever.
        delete(expired);
        return kept;
    }

    private void serve(List<JsonNode> messages) {
        try {
            Invoker.Result result = invoker.invoke(function, QueueEvent.of(source.queueArn(), messages));
            List<JsonNode> done = BatchOutcome.done(messages, result, source.reportsItemFailures());
            if (done.size() < messages.size()) {
                LOG.info(
                        "{} left {} of {} messages of {} to come again",
                        function,
                        messages.size() - done.size(),
                        messages.size(),
                        queue.name());
            }
            delete(done);
        } catch (RuntimeException failure) {
            if (!polling.closed()) {
                LOG.warn("A batch of {} did not reach {}, and comes again", queue.name(), function, failure);
            }
        } finally {
            places.release();
            polling.call();
        }
    }

    private void delete(List<JsonNode> messages) {
        for (int first = 0; first < messages.size(); first += RECEIVE_COUNT_MAX) {
            ObjectNode input = QueueService.object().put("QueueUrl", service.url(queue.name()));
            ArrayNode entries = input.putArray("Entries");
            for (JsonNode message : messages.subList(first, Math.min(messages.size(), first + RECEIVE_COUNT_MAX))) {
                entries.addObject()
                        .put("Id", Integer.toString(entries.size()))
                        .put("ReceiptHandle", message.path("ReceiptHandle").asText());
            }
            service.call("DeleteMessageBatch", input);
        }
    }
}

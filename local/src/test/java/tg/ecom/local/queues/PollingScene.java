package tg.ecom.local.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tg.ecom.local.aws.Account;
import tg.ecom.local.lambda.Invoker;
import tg.ecom.local.parts.MovableClock;
import tg.ecom.local.template.EventSource;

/** A queue that is polled for a function of the test. */
abstract class PollingScene {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String DONE = "{\"batchItemFailures\":[]}";

    final MovableClock clock = new MovableClock();
    final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    volatile Function<JsonNode, Invoker.Result> behaviour = event -> answer(DONE);

    @TempDir
    Path directory;

    TestQueues queues;
    QueuePoller poller;

    @BeforeEach
    void start() {
        queues = new TestQueues(directory, clock);
        new QueueProvision(queues.service).make(List.of(TestQueues.queue("work", "dead"), TestQueues.queue("dead")));
    }

    @AfterEach
    void end() {
        if (poller != null) {
            poller.close();
        }
        queues.close();
    }

    void poll(int batchSize, boolean reportsItemFailures) {
        source(batchSize, Duration.ZERO, reportsItemFailures, Optional.empty());
    }

    void source(int batchSize, Duration window, boolean reportsItemFailures, Optional<Integer> concurrencyMax) {
        EventSource.QueueSource source = new EventSource.QueueSource(
                "Test/F/Work",
                Account.arn("sqs", "work"),
                batchSize,
                window,
                reportsItemFailures,
                concurrencyMax,
                true);
        poller = new QueuePoller(
                queues.service, TestQueues.queue("work", "dead"), source, "function", new Functions(), clock);
        queues.observed.observe(poller::look);
        poller.start();
    }

    void advance(Duration by) {
        clock.advance(by);
        poller.look();
    }

    static int receiveCount(JsonNode event) {
        return event.path("Records")
                .path(0)
                .path("attributes")
                .path("ApproximateReceiveCount")
                .asInt();
    }

    static Invoker.Result answer(String json) {
        return new Invoker.Result(utf8(json), Optional.empty());
    }

    static Invoker.Result failures(String... ids) {
        List<String> items = new ArrayList<>();
        for (String id : ids) {
            items.add("{\"itemIdentifier\":\"" + id + "\"}");
        }
        return answer("{\"batchItemFailures\":[" + String.join(",", items) + "]}");
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Functions implements Invoker {
        @Override
        public Result invoke(String function, byte[] payload) {
            try {
                JsonNode event = JSON.readTree(payload);
                Result result = behaviour.apply(event);
                events.add(event);
                return result;
            } catch (IOException malformed) {
                throw new UncheckedIOException(malformed);
            }
        }

        @Override
        public void invokeEvent(String function, byte[] payload) {
            throw new UnsupportedOperationException();
        }
    }
}

package tg.ecom.local.queues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.testing.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tg.ecom.local.aws.Account;
import tg.ecom.local.lambda.Invoker;

class EventSourcesTest extends PollingScene {
    @Test
    void messageReachesTheFunctionInTheShapeOfLambda_andIsGone() throws Exception {
        poll(10, true);
        queues.send("work", "{\"ride\":1}");
        JsonNode record = events.poll(10, TimeUnit.SECONDS).path("Records").path(0);
        assertEquals("{\"ride\":1}", record.path("body").asText());
        assertEquals("aws:sqs", record.path("eventSource").asText());
        assertEquals(
                "arn:aws:sqs:us-east-1:000000000000:work",
                record.path("eventSourceARN").asText());
        assertEquals("us-east-1", record.path("awsRegion").asText());
        assertEquals(
                "1", record.path("attributes").path("ApproximateReceiveCount").asText());
        assertEquals(
                Long.toString(clock.millis()),
                record.path("attributes").path("SentTimestamp").asText());
        JsonNode attribute = record.path("messageAttributes").path("type");
        assertEquals("ride.completed", attribute.path("stringValue").asText());
        assertEquals("String", attribute.path("dataType").asText());
        assertEquals(32, record.path("md5OfBody").asText().length());
        assertFalse(record.path("messageId").asText().isEmpty());
        assertFalse(record.path("receiptHandle").asText().isEmpty());
        eventually("the queue is empty", () -> queues.count("work") == 0);
    }

    @Test
    void messageThatFailsComesAgainAfterItsVisibilityTimeout_thenIsDead() throws Exception {
        behaviour = event ->
                failures(event.path("Records").path(0).path("messageId").asText());
        poll(10, true);
        queues.send("work", "bad");
        assertEquals(1, receiveCount(events.poll(10, TimeUnit.SECONDS)));
        advance(Duration.ofSeconds(31));
        assertEquals(2, receiveCount(events.poll(10, TimeUnit.SECONDS)));
        eventually("one letter is dead", () -> {
            advance(Duration.ofSeconds(31));
            return queues.count("dead") == 1;
        });
        assertEquals(0, queues.count("work"));
        assertTrue(events.isEmpty());
    }

    @Test
    void ofABatchOnlyTheMessagesThatFailedStay() throws Exception {
        behaviour = event -> {
            for (JsonNode record : event.path("Records")) {
                if (record.path("body").asText().equals("bad")) {
                    return failures(record.path("messageId").asText());
                }
            }
            return answer(DONE);
        };
        queues.send("work", "good");
        queues.send("work", "bad");
        queues.send("work", "better");
        poll(10, true);
        assertEquals(3, events.poll(10, TimeUnit.SECONDS).path("Records").size());
        eventually("one message is left", () -> queues.count("work") == 1);
        advance(Duration.ofSeconds(31));
        assertEquals(
                "bad",
                events.poll(10, TimeUnit.SECONDS)
                        .path("Records")
                        .path(0)
                        .path("body")
                        .asText());
    }

    @Test
    void invocationThatCrashesLeavesTheWholeBatch() throws Exception {
        behaviour =
                event -> new Invoker.Result(utf8("{\"errorType\":\"Runtime.ExitError\"}"), Optional.of("Unhandled"));
        queues.send("work", "one");
        queues.send("work", "two");
        poll(10, true);
        assertEquals(2, events.poll(10, TimeUnit.SECONDS).path("Records").size());
        behaviour = event -> answer(DONE);
        advance(Duration.ofSeconds(31));
        assertEquals(2, events.poll(10, TimeUnit.SECONDS).path("Records").size());
        eventually("the queue is empty", () -> queues.count("work") == 0);
    }

    @Test
    void answerThatNamesAnUnknownMessageCountsForAllAsFailed() {
        List<JsonNode> messages = List.of(QueueService.object().put("MessageId", "a"));
        assertEquals(List.of(), BatchOutcome.done(messages, failures("b"), true));
        assertEquals(List.of(), BatchOutcome.done(messages, failures("a"), true));
        assertEquals(List.of(), BatchOutcome.done(messages, answer("no json"), true));
        assertEquals(messages, BatchOutcome.done(messages, answer("null"), true));
        assertEquals(messages, BatchOutcome.done(messages, answer(""), true));
        assertEquals(messages, BatchOutcome.done(messages, failures("a"), false));
    }

    @Test
    void delayedMessageComesAtOnceWhenTheClockIsMovedPastIt() throws Exception {
        poll(10, true);
        queues.send("work", "later", Duration.ofMinutes(10));
        queues.send("work", "now");
        assertEquals(
                "now",
                events.poll(10, TimeUnit.SECONDS)
                        .path("Records")
                        .path(0)
                        .path("body")
                        .asText());
        eventually("one message is left", () -> queues.count("work") == 1);
        assertTrue(events.isEmpty());
        advance(Duration.ofSeconds(601));
        assertEquals(
                "later",
                events.poll(10, TimeUnit.SECONDS)
                        .path("Records")
                        .path(0)
                        .path("body")
                        .asText());
    }

    @Test
    void batchGathersUntilItsWindowHasPassed() throws Exception {
        // A window longer than the visibility timeout would have messages come again while the batch gathers.
        source(20, Duration.ofSeconds(20), true, Optional.empty());
        queues.send("work", "first");
        eventually(
                "the first is taken",
                () -> queues.attribute("work", "ApproximateNumberOfMessagesNotVisible")
                        .equals("1"));
        queues.send("work", "second");
        eventually(
                "both are taken",
                () -> queues.attribute("work", "ApproximateNumberOfMessagesNotVisible")
                        .equals("2"));
        assertTrue(events.isEmpty());
        advance(Duration.ofSeconds(21));
        assertEquals(2, events.poll(10, TimeUnit.SECONDS).path("Records").size());
    }

    @Test
    void invocationsAtOneTimeAreLimited() throws Exception {
        AtomicInteger underway = new AtomicInteger();
        CountDownLatch end = new CountDownLatch(1);
        behaviour = event -> {
            underway.incrementAndGet();
            await(end);
            return answer(DONE);
        };
        source(1, Duration.ZERO, true, Optional.of(2));
        for (int i = 0; i < 5; i++) {
            queues.send("work", "message " + i);
        }
        eventually("two are underway", () -> underway.get() == 2);
        assertEquals("2", queues.attribute("work", "ApproximateNumberOfMessagesNotVisible"));
        end.countDown();
        eventually("the queue is empty", () -> queues.count("work") == 0);
        assertEquals(5, underway.get());
    }

    @Test
    void messageOlderThanTheRetentionReachesNobody() throws Exception {
        queues.send("work", "old");
        clock.advance(Duration.ofDays(5));
        queues.send("work", "new");
        poll(10, true);
        JsonNode records = events.poll(10, TimeUnit.SECONDS).path("Records");
        assertEquals(1, records.size());
        assertEquals("new", records.path(0).path("body").asText());
        eventually("the queue is empty", () -> queues.count("work") == 0);
    }

    @Test
    void pollerEndsWithinASecond() {
        poll(10, true);
        assertTimeoutPreemptively(Duration.ofSeconds(1), poller::close);
    }

    @Test
    void queueThatIsThereIsChangedToWhatTheTemplateSays() {
        assertEquals("30", queues.attribute("work", "VisibilityTimeout"));
        new QueueProvision(queues.service)
                .make(List.of(new tg.ecom.local.template.Queue(
                        "Test/work",
                        "work",
                        Duration.ofSeconds(90),
                        Duration.ofSeconds(5),
                        Duration.ofDays(4),
                        Optional.of(new tg.ecom.local.template.Queue.Redrive(Account.arn("sqs", "dead"), 7)))));
        assertEquals("90", queues.attribute("work", "VisibilityTimeout"));
        assertEquals("5", queues.attribute("work", "DelaySeconds"));
        assertTrue(queues.attribute("work", "RedrivePolicy").contains("7"));
    }
}

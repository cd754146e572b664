package tg.ecom.local.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tg.ecom.local.parts.Recurring;

/**
 * Brings a topic's messages to the queues that subscribe to it, through the SQS service. What is owed is written down
 * before it is tried, and tried until it succeeds or is as old as SNS lets it grow; a crash between a delivery and its
 * crossing out repeats it, as SNS may.
 */
final class TopicDelivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicDelivery.class);
    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();
    private static final int OK = 200;
    private static final int BATCH_SIZE = 100;
    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** Time for the one who publishes to deliver it himself. */
    private static final Duration FIRST_RETRY = Duration.ofSeconds(10);

    private static final Duration RETRY_MAX = Duration.ofSeconds(20);
    private static final Duration AGE_MAX = Duration.ofDays(23);

    /** A message that a subscriber is still owed. */
    private record Owed(long id, TopicStore.Subscription subscription, TopicMessage message) {}

    private final AwsService queues;
    private final String queueAddress;
    private final TopicStore topics;
    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Recurring retries = new Recurring("topic-deliveries", INTERVAL, this::deliverDue);

    /**
     * Sends through that service.
     *
     * @param queueAddress with what queue URLs begin
     */
    TopicDelivery(
            AwsService queues, String queueAddress, TopicStore topics, CloudDatabase database, InstantSource clock) {
        this.queues = queues;
        this.queueAddress = queueAddress;
        this.topics = topics;
        this.jdbi = database.jdbi();
        this.clock = clock;
    }

    /** Begins to try again what an earlier try, or an earlier process, left. */
    void start() {
        retries.start();
    }

    /** Looks at once for what is due. */
    void look() {
        retries.call();
    }

    /** Delivers a message to all subscribers of a topic that want it. */
    void deliver(String topic, TopicMessage message) {
        List<TopicStore.Subscription> wanted = topics.subscriptions(topic).stream()
                .filter(subscription -> subscription
                        .filterPolicy()
                        .map(policy -> policy.accepts(message.attributes()))
                        .orElse(true))
                .toList();
        List<Owed> owed = jdbi.inTransaction(handle -> wanted.stream()
                .map(subscription -> new Owed(
                        handle.createQuery("""
                                        insert into cloud.topic_deliveries
                                            (subscription_arn, message, due_at, published_at)
                                        values (:subscription, :message, :dueAt, :now)
                                        returning id
                                        """)
                                .bind("subscription", subscription.arn())
                                .bind("message", write(message))
                                .bind("dueAt", clock.instant().plus(FIRST_RETRY))
                                .bind("now", clock.instant())
                                .mapTo(Long.class)
                                .one(),
                        subscription,
                        message))
                .toList());
        owed.forEach(this::attempt);
    }

    /** Tries everything that is due, each once. */
    void deliverDue() {
        Instant now = clock.instant();
        jdbi.withHandle(handle -> handle.createQuery("""
                                select id, message, arn, topic_arn, protocol, endpoint, raw_delivery, filter_policy
                                from cloud.topic_deliveries join cloud.subscriptions on arn = subscription_arn
                                where due_at <= :now order by due_at, id limit :count
                                """)
                        .bind("now", now)
                        .bind("count", BATCH_SIZE)
                        .map((row, context) -> new Owed(
                                row.getLong("id"), TopicStore.subscription(row), read(row.getString("message"))))
                        .list())
                .forEach(this::attempt);
    }

    @Override
    public void close() {
        retries.close();
    }

    private void attempt(Owed owed) {
        AwsResponse response = queues.handle(request(owed.subscription(), owed.message()));
        if (response.status() == OK) {
            crossOut(owed);
            return;
        }
        String reason = new String(response.body(), StandardCharsets.UTF_8);
        LOG.warn(
                "message {} did not reach {}: {}",
                owed.message().id(),
                owed.subscription().endpoint(),
                reason);
        if (owed.message().at().plus(AGE_MAX).isBefore(clock.instant())) {
            LOG.error("message {} is given up", owed.message().id());
            crossOut(owed);
        } else {
            postpone(owed);
        }
    }

    private void crossOut(Owed owed) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from cloud.topic_deliveries where id = :id")
                .bind("id", owed.id())
                .execute());
    }

    /** A second at first, twice as long each time, up to the longest that SNS waits for a queue. */
    private void postpone(Owed owed) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update cloud.topic_deliveries
                        set attempts = attempts + 1,
                            due_at = :now::timestamptz
                                + least(:longest, power(2, least(attempts, 10))) * interval '1 second'
                        where id = :id
                        """)
                .bind("now", clock.instant())
                .bind("longest", RETRY_MAX.toSeconds())
                .bind("id", owed.id())
                .execute());
    }

    private AwsRequest request(TopicStore.Subscription subscription, TopicMessage message) {
        String queue = subscription.endpoint().substring(subscription.endpoint().lastIndexOf(':') + 1);
        ObjectNode body = JsonInput.answer().put("QueueUrl", queueAddress + "/" + Account.ID + "/" + queue);
        if (subscription.rawDelivery()) {
            body.put("MessageBody", message.text());
            ObjectNode attributes = body.putObject("MessageAttributes");
            message.attributes().forEach(attributes::set);
        } else {
            body.put("MessageBody", message.envelope(subscription));
        }
        Map<String, String> headers =
                Map.of("x-amz-target", "AmazonSQS.SendMessage", "content-type", "application/x-amz-json-1.0");
        return new AwsRequest("POST", "/", "", headers, JsonInput.write(body));
    }

    private static String write(TopicMessage message) {
        try {
            return JSON.writeValueAsString(message);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static TopicMessage read(String message) {
        try {
            return JSON.readValue(message, TopicMessage.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

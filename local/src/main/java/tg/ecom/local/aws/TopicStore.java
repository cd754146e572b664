package tg.ecom.local.aws;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Where SNS's topics and subscriptions are kept. */
final class TopicStore {
    /**
     * A subscription of a queue.
     *
     * @param endpoint the queue's ARN
     * @param rawDelivery whether the queue gets the message alone, without the envelope
     * @param filterPolicy which messages it gets, if not all
     */
    record Subscription(
            String arn,
            String topicArn,
            String protocol,
            String endpoint,
            boolean rawDelivery,
            Optional<FilterPolicy> filterPolicy) {}

    private static final String COLUMNS =
            "select arn, topic_arn, protocol, endpoint, raw_delivery, filter_policy from cloud.subscriptions ";

    private final Jdbi jdbi;
    private final InstantSource clock;

    TopicStore(CloudDatabase database, InstantSource clock) {
        this.jdbi = database.jdbi();
        this.clock = clock;
    }

    /** Adds a topic unless it is there. */
    void addTopic(String arn) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "insert into cloud.topics (arn, created_at) values (:arn, :now) on conflict (arn) do nothing")
                .bind("arn", arn)
                .bind("now", clock.instant())
                .execute());
    }

    /** All topics' ARNs. */
    List<String> topics() {
        return jdbi.withHandle(handle -> handle.createQuery("select arn from cloud.topics order by arn")
                .mapTo(String.class)
                .list());
    }

    boolean hasTopic(String arn) {
        return topics().contains(arn);
    }

    /** Adds a subscription, or changes the one of the same queue, and answers its ARN. */
    String subscribe(String topicArn, String queueArn, boolean rawDelivery, Optional<FilterPolicy> filterPolicy) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into cloud.subscriptions
                            (arn, topic_arn, protocol, endpoint, raw_delivery, filter_policy, created_at)
                        values (:arn, :topicArn, 'sqs', :endpoint, :rawDelivery, :filterPolicy, :now)
                        on conflict (topic_arn, protocol, endpoint) do update
                        set raw_delivery = excluded.raw_delivery, filter_policy = excluded.filter_policy
                        returning arn
                        """)
                .bind("arn", topicArn + ":" + UUID.randomUUID())
                .bind("topicArn", topicArn)
                .bind("endpoint", queueArn)
                .bind("rawDelivery", rawDelivery)
                .bind("filterPolicy", filterPolicy.map(FilterPolicy::json))
                .bind("now", clock.instant())
                .mapTo(String.class)
                .one());
    }

    List<Subscription> subscriptions() {
        return jdbi.withHandle(handle -> handle.createQuery(COLUMNS + "order by arn")
                .map((row, context) -> subscription(row))
                .list());
    }

    List<Subscription> subscriptions(String topicArn) {
        return jdbi.withHandle(handle -> handle.createQuery(COLUMNS + "where topic_arn = :topicArn order by arn")
                .bind("topicArn", topicArn)
                .map((row, context) -> subscription(row))
                .list());
    }

    /** Of a row that has a subscription's columns. */
    static Subscription subscription(ResultSet row) throws SQLException {
        return new Subscription(
                row.getString("arn"),
                row.getString("topic_arn"),
                row.getString("protocol"),
                row.getString("endpoint"),
                row.getBoolean("raw_delivery"),
                Optional.ofNullable(row.getString("filter_policy")).map(FilterPolicy::parse));
    }
}

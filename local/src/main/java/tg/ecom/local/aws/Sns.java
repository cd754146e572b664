package tg.ecom.local.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The Simple Notification Service: text messages into the outbox, topics into the queues that subscribe to them. */
public final class Sns extends QueryProtocol implements AutoCloseable {
    private static final int NOT_FOUND = 404;
    private static final int ATTRIBUTE_COUNT_MAX = 10;
    private static final int BATCH_SIZE_MAX = 10;

    private final TopicStore topics;
    private final TopicDelivery delivery;
    private final SmsOutbox outbox;
    private final InstantSource clock;

    /**
     * Keeps topics in the database.
     *
     * @param queues the SQS service
     * @param queueAddress with what queue URLs begin
     */
    public Sns(CloudDatabase database, SmsOutbox outbox, AwsService queues, String queueAddress, InstantSource clock) {
        super("sns", "http://sns.amazonaws.com/doc/2010-03-31/");
        this.topics = new TopicStore(database, clock);
        this.delivery = new TopicDelivery(queues, queueAddress, topics, database, clock);
        this.outbox = outbox;
        this.clock = clock;
        offer("Publish", this::publish);
        offer("PublishBatch", this::publishBatch);
        offer("CreateTopic", this::createTopic);
        offer("ListTopics", this::listTopics);
        offer("Subscribe", this::subscribe);
        offer("ListSubscriptions", this::listSubscriptions);
    }

    /** Begins to deliver again what is still owed to subscribers; the queues are there by now. */
    public void start() {
        delivery.start();
    }

    /** Looks at once for what is due, since the clock was moved. */
    public void look() {
        delivery.look();
    }

    /** Adds a topic unless it is there. */
    public void ensureTopic(String arn) {
        topics.addTopic(arn);
    }

    /** Subscribes a queue to a topic, or changes how it is subscribed; the filter policy is JSON. */
    public void ensureSubscription(
            String topicArn, String queueArn, boolean rawDelivery, Optional<String> filterPolicy) {
        topics.subscribe(topicArn, queueArn, rawDelivery, filterPolicy.map(FilterPolicy::parse));
    }

    @Override
    public void close() {
        delivery.close();
    }

    private void publish(Form form, Xml result) {
        Optional<String> phone = form.value("PhoneNumber");
        UUID id = UUID.randomUUID();
        if (phone.isPresent()) {
            outbox.add(id, requirePhone(phone.get()), form.required("Message"));
        } else {
            String topic = form.value("TopicArn")
                    .or(() -> form.value("TargetArn"))
                    .orElseThrow(() -> new AwsFault("InvalidParameter", "Invalid parameter: TopicArn or PhoneNumber"));
            requireTopic(topic);
            delivery.deliver(topic, message(form, "", id));
        }
        result.element("MessageId", id.toString());
    }

    private void publishBatch(Form form, Xml result) {
        String topic = form.required("TopicArn");
        requireTopic(topic);
        Map<String, TopicMessage> entries = batch(form);
        entries.values().forEach(message -> delivery.deliver(topic, message));
        result.element(
                "Successful",
                () -> entries.forEach((id, message) ->
                        result.element("member", () -> result.element("Id", id).element("MessageId", message.id()))));
        result.element("Failed", () -> {});
    }

    /** The messages by the ids that the caller gave them. */
    private Map<String, TopicMessage> batch(Form form) {
        Map<String, TopicMessage> entries = new LinkedHashMap<>();
        for (int index = 1; ; index++) {
            String prefix = "PublishBatchRequestEntries.member." + index + ".";
            Optional<String> id = form.value(prefix + "Id");
            if (id.isEmpty()) {
                break;
            }
            if (index > BATCH_SIZE_MAX) {
                throw new AwsFault(
                        "TooManyEntriesInBatchRequest", "The batch request contains more entries than permissible.");
            }
            if (entries.put(id.get(), message(form, prefix, UUID.randomUUID())) != null) {
                throw new AwsFault(
                        "BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
            }
        }
        if (entries.isEmpty()) {
            throw new AwsFault("EmptyBatchRequest", "The batch request doesn't contain any entries.");
        }
        return entries;
    }

    private TopicMessage message(Form form, String prefix, UUID id) {
        return new TopicMessage(
                id.toString(),
                form.value(prefix + "Subject").orElse(""),
                form.required(prefix + "Message"),
                attributes(form, prefix),
                clock.instant());
    }

    private static Map<String, ObjectNode> attributes(Form form, String owner) {
        Map<String, ObjectNode> attributes = new LinkedHashMap<>();
        for (int index = 1; index <= ATTRIBUTE_COUNT_MAX; index++) {
            String prefix = owner + "MessageAttributes.entry." + index + ".";
            Optional<String> name = form.value(prefix + "Name");
            if (name.isEmpty()) {
                break;
            }
            ObjectNode attribute = JsonInput.answer().put("DataType", form.required(prefix + "Value.DataType"));
            form.value(prefix + "Value.StringValue").ifPresent(value -> attribute.put("StringValue", value));
            form.value(prefix + "Value.BinaryValue").ifPresent(value -> attribute.put("BinaryValue", value));
            attributes.put(name.get(), attribute);
        }
        return attributes;
    }

    private static String requirePhone(String phone) {
        if (!phone.matches("\\+[1-9]\\d{1,14}")) {
            throw new AwsFault(
                    "InvalidParameter",
                    "Invalid parameter: PhoneNumber Reason: " + phone + " is not valid to publish to");
        }
        return phone;
    }

    private void createTopic(Form form, Xml result) {
        String name = form.required("Name");
        if (!name.matches("[A-Za-z0-9_-]{1,256}")) {
            throw new AwsFault("InvalidParameter", "Invalid parameter: Topic Name");
        }
        String arn = Account.arn("sns", name);
        topics.addTopic(arn);
        result.element("TopicArn", arn);
    }

    private void listTopics(Form form, Xml result) {
        result.element(
                "Topics",
                () -> topics.topics().forEach(arn -> result.element("member", () -> result.element("TopicArn", arn))));
    }

    private void subscribe(Form form, Xml result) {
        String topic = form.required("TopicArn");
        requireTopic(topic);
        String protocol = form.required("Protocol");
        String endpoint = form.required("Endpoint");
        if (!protocol.equals("sqs") || !endpoint.startsWith("arn:aws:sqs:")) {
            throw new AwsFault("InvalidParameter", "Invalid parameter: only queues, by their ARN, can subscribe here");
        }
        Map<String, String> attributes = form.entries("Attributes", "key", "value");
        Optional<FilterPolicy> filter =
                Optional.ofNullable(attributes.get("FilterPolicy")).map(FilterPolicy::parse);
        boolean raw = Boolean.parseBoolean(attributes.get("RawMessageDelivery"));
        result.element("SubscriptionArn", topics.subscribe(topic, endpoint, raw, filter));
    }

    private void listSubscriptions(Form form, Xml result) {
        result.element(
                "Subscriptions",
                () -> topics.subscriptions()
                        .forEach(subscription -> result.element(
                                "member",
                                () -> result.element("SubscriptionArn", subscription.arn())
                                        .element("TopicArn", subscription.topicArn())
                                        .element("Protocol", subscription.protocol())
                                        .element("Endpoint", subscription.endpoint())
                                        .element("Owner", Account.ID))));
    }

    private void requireTopic(String arn) {
        if (!topics.hasTopic(arn)) {
            throw new AwsFault(NOT_FOUND, "NotFound", "Topic does not exist");
        }
    }
}

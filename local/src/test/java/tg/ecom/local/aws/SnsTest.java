package tg.ecom.local.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishBatchResultEntry;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import tg.ecom.local.parts.QueueServer;

@WithLocalCloud
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnsTest {
    private final LocalCloud cloud;
    private final QueueServer server;
    private final ServiceProxy proxy;
    private final SmsOutbox outbox;
    private final Sns service;
    private final SnsClient sns;
    private final SqsClient sqs;

    SnsTest(LocalCloud cloud, @TempDir Path directory) {
        this.cloud = cloud;
        this.server = QueueServer.start(directory, 0, cloud.address(), Account.REGION, Account.ID, cloud.clock);
        this.proxy = cloud.offer(
                new ServiceProxy("sqs", URI.create("http://127.0.0.1:" + server.port() + LocalCloud.BASE_PATH)));
        this.outbox = new SmsOutbox(cloud.database, cloud.clock);
        this.service = cloud.offer(
                new Sns(cloud.database, outbox, proxy, cloud.address().toString(), cloud.clock));
        this.sns = cloud.client(SnsClient.builder());
        this.sqs = cloud.client(SqsClient.builder());
    }

    @AfterAll
    void stop() {
        service.close();
        proxy.close();
        server.close();
    }

    @Test
    void textMessage_liesInTheOutboxOfItsPhone() {
        String phone = "+22890" + (System.nanoTime() % 900_000 + 100_000);
        sns.publish(request -> request.phoneNumber(phone).message("Code: 123456 <&>"));
        sns.publish(request -> request.phoneNumber(phone).message("Code: 654321"));

        assertEquals(
                List.of("Code: 654321", "Code: 123456 <&>"),
                outbox.newest(Optional.of(phone)).stream()
                        .map(SmsOutbox.Message::text)
                        .toList());
        assertEquals(phone, outbox.newest(Optional.empty()).getFirst().phone());
        assertEquals(
                cloud.clock.instant(),
                outbox.newest(Optional.of(phone)).getFirst().sentAt());
    }

    @Test
    void messageToNoPhone_isRefused() {
        assertThrows(
                InvalidParameterException.class,
                () -> sns.publish(request -> request.phoneNumber("90123456").message("Code")));
        assertThrows(
                InvalidParameterException.class, () -> sns.publish(request -> request.phoneNumber("+22890123456")));
    }

    @Test
    void messageToATopic_reachesItsQueueRaw() {
        String topic = topic();
        String queue = queue();
        subscribe(topic, queue, Map.of("RawMessageDelivery", "true"));
        sns.publish(request ->
                request.topicArn(topic).message("{\"ride\": 1}").messageAttributes(Map.of("kind", attribute("ride"))));

        Message message = receive(queue);
        assertEquals("{\"ride\": 1}", message.body());
        assertEquals("ride", message.messageAttributes().get("kind").stringValue());
    }

    @Test
    void messageToATopic_reachesItsQueueInTheEnvelopeOfSns() throws Exception {
        String topic = topic();
        String queue = queue();
        String subscription = subscribe(topic, queue, Map.of());
        String id = sns.publish(request -> request.topicArn(topic)
                        .message("{\"ride\": 1}")
                        .subject("greeting")
                        .messageAttributes(Map.of("type", attribute("ride.completed"))))
                .messageId();

        String body = receive(queue).body();
        String start = """
                {
                  "Type" : "Notification",
                  "MessageId" : "%s",
                  "TopicArn" : "%s",
                  "Subject" : "greeting",
                  "Message" : "{\\"ride\\": 1}",
                  "Timestamp" : "%s.000Z",
                  "SignatureVersion" : "1",
                """.formatted(id, topic, cloud.clock.instant().toString().replace("Z", ""));
        assertEquals(start, body.substring(0, start.length()));
        String end = """
                  "UnsubscribeURL" : "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=%s",
                  "MessageAttributes" : {
                    "type" : {"Type":"String","Value":"ride.completed"}
                  }
                }""".formatted(subscription);
        assertEquals(end, body.substring(body.length() - end.length()).replaceFirst("^ *", "  "));
        assertEquals(11, new ObjectMapper().readTree(body).size());
    }

    @Test
    void batch_isPublishedWholeAndNamedByTheCallersIds() {
        String topic = topic();
        String queue = queue();
        subscribe(topic, queue, Map.of("RawMessageDelivery", "true"));
        PublishBatchResponse answer = sns.publishBatch(
                request -> request.topicArn(topic).publishBatchRequestEntries(entry("a", "one"), entry("b", "two")));
        assertEquals(
                List.of("a", "b"),
                answer.successful().stream().map(PublishBatchResultEntry::id).toList());
        assertTrue(answer.failed().isEmpty());
        String first = receive(queue).body();
        assertEquals(Set.of("one", "two"), Set.of(first, receive(queue).body()));
        assertThrows(
                BatchEntryIdsNotDistinctException.class,
                () -> sns.publishBatch(request ->
                        request.topicArn(topic).publishBatchRequestEntries(entry("a", "one"), entry("a", "two"))));
    }

    @Test
    void subscriberGetsOnlyWhatItsFilterPolicyWants() {
        String topic = topic();
        String queue = queue();
        subscribe(
                topic,
                queue,
                Map.of("RawMessageDelivery", "true", "FilterPolicy", "{\"type\": [{\"prefix\": \"ride.\"}]}"));
        sns.publish(request -> request.topicArn(topic).message("no type"));
        sns.publish(request ->
                request.topicArn(topic).message("order").messageAttributes(Map.of("type", attribute("order.placed"))));
        sns.publish(request ->
                request.topicArn(topic).message("ride").messageAttributes(Map.of("type", attribute("ride.completed"))));
        assertEquals("ride", receive(queue).body());
        assertTrue(sqs.receiveMessage(request -> request.queueUrl(queue))
                .messages()
                .isEmpty());
        assertThrows(
                InvalidParameterException.class,
                () -> subscribe(topic, queue, Map.of("FilterPolicy", "{\"type\": \"ride\"}")));
    }

    @Test
    void deliveryThatFailed_isTriedAgainWhenItIsDue_alsoByTheNextProcess() {
        String topic = topic();
        String name = "late-" + UUID.randomUUID();
        sns.subscribe(request -> request.topicArn(topic)
                .protocol("sqs")
                .endpoint(Account.arn("sqs", name))
                .attributes(Map.of("RawMessageDelivery", "true")));
        sns.publish(request -> request.topicArn(topic).message("patient"));
        String queue = sqs.createQueue(request -> request.queueName(name)).queueUrl();
        cloud.clock.advance(Duration.ofSeconds(11));
        try (Sns next = new Sns(cloud.database, outbox, proxy, cloud.address().toString(), cloud.clock)) {
            next.start();
            assertEquals("patient", receive(queue).body());
        }
    }

    @Test
    void topicsAndSubscriptions_areListed() {
        String topic = topic();
        String subscription = subscribe(topic, queue(), Map.of());
        assertTrue(sns.listTopics().topics().stream()
                .anyMatch(found -> found.topicArn().equals(topic)));
        assertTrue(sns.listSubscriptions().subscriptions().stream()
                .anyMatch(found -> found.subscriptionArn().equals(subscription)));
    }

    @Test
    void unknownTopicOrProtocol_isRefused() {
        String topic = topic();
        assertThrows(
                NotFoundException.class,
                () -> sns.publish(request -> request.topicArn(topic + "-none").message("hello")));
        assertThrows(
                InvalidParameterException.class,
                () -> sns.subscribe(
                        request -> request.topicArn(topic).protocol("https").endpoint("https://example.tg")));
    }

    private String topic() {
        return sns.createTopic(request -> request.name("topic-" + UUID.randomUUID()))
                .topicArn();
    }

    private String queue() {
        return sqs.createQueue(request -> request.queueName("queue-" + UUID.randomUUID()))
                .queueUrl();
    }

    private String subscribe(String topic, String queue, Map<String, String> attributes) {
        String arn = sqs.getQueueAttributes(
                        request -> request.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        return sns.subscribe(request -> request.topicArn(topic)
                        .protocol("sqs")
                        .endpoint(arn)
                        .returnSubscriptionArn(true)
                        .attributes(attributes))
                .subscriptionArn();
    }

    private static PublishBatchRequestEntry entry(String id, String message) {
        return PublishBatchRequestEntry.builder().id(id).message(message).build();
    }

    private Message receive(String queue) {
        return sqs.receiveMessage(
                        request -> request.queueUrl(queue).waitTimeSeconds(5).messageAttributeNames("All"))
                .messages()
                .getFirst();
    }

    private static MessageAttributeValue attribute(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}

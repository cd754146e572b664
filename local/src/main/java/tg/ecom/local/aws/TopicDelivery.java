package tg.ecom.local.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a topic's messages to the queues that subscribe to it, through the SQS service. */
final class TopicDelivery {
    /**
     * A published message.
     *
     * @param attributes its message attributes as SQS takes them, by name
     */
    record Message(String id, String subject, String text, Map<String, ObjectNode> attributes, Instant at) {}

    private static final Logger LOG = LoggerFactory.getLogger(TopicDelivery.class);
    private static final int OK = 200;
    private static final int ATTEMPT_COUNT_MAX = 3;

    private final AwsService queues;
    private final String queueAddress;

    /**
     * Sends through that service.
     *
     * @param queueAddress with what queue URLs begin
     */
    TopicDelivery(AwsService queues, String queueAddress) {
        this.queues = queues;
        this.queueAddress = queueAddress;
    }

    /**
     * Delivers to one subscription; what can't be delivered after a few attempts is told in the log, as SNS drops it.
     */
    void deliver(TopicStore.Subscription subscription, Message message) {
        AwsRequest request = request(subscription, message);
        for (int attempt = 1; attempt <= ATTEMPT_COUNT_MAX; attempt++) {
            AwsResponse response = queues.handle(request);
            if (response.status() == OK) {
                return;
            }
            LOG.warn(
                    "message {} did not reach {}: {}",
                    message.id(),
                    subscription.endpoint(),
                    new String(response.body(), StandardCharsets.UTF_8));
        }
    }

    private AwsRequest request(TopicStore.Subscription subscription, Message message) {
        String queue = subscription.endpoint().substring(subscription.endpoint().lastIndexOf(':') + 1);
        ObjectNode body = JsonInput.answer().put("QueueUrl", queueAddress + "/" + Account.ID + "/" + queue);
        if (subscription.rawDelivery()) {
            body.put("MessageBody", message.text());
            ObjectNode attributes = body.putObject("MessageAttributes");
            message.attributes().forEach(attributes::set);
        } else {
            body.put("MessageBody", envelope(subscription, message).toString());
        }
        Map<String, String> headers =
                Map.of("x-amz-target", "AmazonSQS.SendMessage", "content-type", "application/x-amz-json-1.0");
        return new AwsRequest("POST", "/", "", headers, JsonInput.write(body));
    }

    private static ObjectNode envelope(TopicStore.Subscription subscription, Message message) {
        ObjectNode envelope = JsonInput.answer()
                .put("Type", "Notification")
                .put("MessageId", message.id())
                .put("TopicArn", subscription.topicArn())
                .put("Message", message.text())
                .put("Timestamp", message.at().toString());
        if (!message.subject().isEmpty()) {
            envelope.put("Subject", message.subject());
        }
        if (!message.attributes().isEmpty()) {
            ObjectNode attributes = envelope.putObject("MessageAttributes");
            message.attributes()
                    .forEach((name, value) -> attributes
                            .putObject(name)
                            .put("Type", value.path("DataType").asText())
                            .put(
                                    "Value",
                                    value.path("StringValue")
                                            .asText(value.path("BinaryValue").asText())));
        }
        return envelope;
    }
}

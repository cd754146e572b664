package tg.ecom.events;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import tg.ecom.platform.Aws;
import tg.ecom.platform.EventMessage;
import tg.ecom.platform.Json;

/** The topic that everybody who wants to know what happened subscribes to, with a filter by the attribute type. */
final class EventsTopic {
    /** SNS takes no more in one request. */
    private static final int BATCH_MAX = 10;

    /** And no more than 256 KiB with attributes and ids. */
    private static final int BATCH_BYTES_MAX = 250_000;

    private final SnsClient sns;
    private final String topic;

    EventsTopic(Aws aws, String topic) {
        this.sns = aws.client("SNS", SnsClient.builder());
        this.topic = topic;
    }

    /**
     * Tells events, in as few requests as SNS allows.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException when SNS can't be reached
     * @throws IllegalStateException when SNS takes some and not others; then all are to be told again
     */
    void publish(List<EventMessage> events) {
        List<PublishBatchRequestEntry> batch = new ArrayList<>();
        int bytes = 0;
        for (EventMessage event : events) {
            String body = Json.mapper().valueToTree(event).toString();
            int size = body.getBytes(StandardCharsets.UTF_8).length;
            if (batch.size() == BATCH_MAX || (!batch.isEmpty() && bytes + size > BATCH_BYTES_MAX)) {
                send(batch);
                batch.clear();
                bytes = 0;
            }
            batch.add(entry(event, body));
            bytes += size;
        }
        if (!batch.isEmpty()) {
            send(batch);
        }
    }

    private void send(List<PublishBatchRequestEntry> batch) {
        PublishBatchResponse answer =
                sns.publishBatch(request -> request.topicArn(topic).publishBatchRequestEntries(List.copyOf(batch)));
        if (answer.hasFailed() && !answer.failed().isEmpty()) {
            throw new IllegalStateException("SNS refused " + answer.failed().size() + " events, the first with "
                    + answer.failed().getFirst().code());
        }
    }

    private static PublishBatchRequestEntry entry(EventMessage event, String body) {
        MessageAttributeValue type = MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(event.type())
                .build();
        return PublishBatchRequestEntry.builder()
                .id(event.id().toString())
                .message(body)
                .messageAttributes(Map.of("type", type))
                .build();
    }
}

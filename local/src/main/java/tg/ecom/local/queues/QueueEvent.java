package tg.ecom.local.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tg.ecom.local.aws.Account;

/** The event in which Lambda hands a batch of messages to a function. */
final class QueueEvent {
    private QueueEvent() {}

    /** The event of messages as ReceiveMessage answered them. */
    static byte[] of(String queueArn, List<JsonNode> messages) {
        ObjectNode event = QueueService.object();
        ArrayNode records = event.putArray("Records");
        messages.forEach(message -> records.add(record(queueArn, message)));
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode record(String queueArn, JsonNode message) {
        ObjectNode record = QueueService.object()
                .put("messageId", message.path("MessageId").asText())
                .put("receiptHandle", message.path("ReceiptHandle").asText())
                .put("body", message.path("Body").asText());
        record.set("attributes", message.path("Attributes"));
        ObjectNode attributes = record.putObject("messageAttributes");
        message.path("MessageAttributes")
                .properties()
                .forEach(attribute -> attributes.set(attribute.getKey(), attribute(attribute.getValue())));
        record.put("md5OfBody", message.path("MD5OfBody").asText());
        if (message.hasNonNull("MD5OfMessageAttributes")) {
            record.put(
                    "md5OfMessageAttributes",
                    message.path("MD5OfMessageAttributes").asText());
        }
        return record.put("eventSource", "aws:sqs")
                .put("eventSourceARN", queueArn)
                .put("awsRegion", Account.REGION);
    }

    private static ObjectNode attribute(JsonNode value) {
        ObjectNode attribute = QueueService.object();
        if (value.hasNonNull("StringValue")) {
            attribute.put("stringValue", value.path("StringValue").asText());
        }
        if (value.hasNonNull("BinaryValue")) {
            attribute.put("binaryValue", value.path("BinaryValue").asText());
        }
        attribute.putArray("stringListValues");
        attribute.putArray("binaryListValues");
        return attribute.put("dataType", value.path("DataType").asText());
    }
}

package tg.ecom.local.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A message published to a topic.
 *
 * @param subject empty without one
 * @param attributes its message attributes as SQS takes them, by name
 */
record TopicMessage(String id, String subject, String text, Map<String, ObjectNode> attributes, Instant at) {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    /** Nobody here has Amazon's key. */
    private static final String SIGNATURE =
            Base64.getEncoder().encodeToString("not signed by Amazon".getBytes(StandardCharsets.UTF_8));

    private static final String ADDRESS = "https://sns." + Account.REGION + ".amazonaws.com/";

    /** What a subscriber without raw delivery gets, laid out as SNS does. */
    String envelope(TopicStore.Subscription subscription) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("Type", quoted("Notification"));
        members.put("MessageId", quoted(id));
        members.put("TopicArn", quoted(subscription.topicArn()));
        if (!subject.isEmpty()) {
            members.put("Subject", quoted(subject));
        }
        members.put("Message", quoted(text));
        members.put("Timestamp", quoted(TIMESTAMP.format(at)));
        members.put("SignatureVersion", quoted("1"));
        members.put("Signature", quoted(SIGNATURE));
        members.put("SigningCertURL", quoted(ADDRESS + "SimpleNotificationService-local.pem"));
        members.put("UnsubscribeURL", quoted(ADDRESS + "?Action=Unsubscribe&SubscriptionArn=" + subscription.arn()));
        if (!attributes.isEmpty()) {
            members.put("MessageAttributes", object(typed(), "  "));
        }
        return object(members, "");
    }

    private Map<String, String> typed() {
        Map<String, String> typed = new LinkedHashMap<>();
        attributes.forEach((name, value) -> typed.put(
                name,
                JsonInput.answer()
                        .put("Type", value.path("DataType").asText())
                        .put(
                                "Value",
                                value.path("StringValue")
                                        .asText(value.path("BinaryValue").asText()))
                        .toString()));
        return typed;
    }

    private static String object(Map<String, String> members, String indentation) {
        return members.entrySet().stream()
                .map(member -> indentation + "  " + quoted(member.getKey()) + " : " + member.getValue())
                .collect(Collectors.joining(",\n", "{\n", "\n" + indentation + "}"));
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}

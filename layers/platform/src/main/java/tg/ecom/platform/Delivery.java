package tg.ecom.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.List;
import java.util.Optional;

/**
 * How a message came.
 *
 * @param messageId by what the message is remembered: the event's id when it tells of one of our events, so that an
 *     event published twice is one message; otherwise the id that SQS gave it, which stays the same however often it is
 *     delivered (a dead letter that is moved back to its queue gets another)
 * @param event the event that the message tells of; empty when it is a message of its own
 */
public record Delivery(String messageId, Optional<EventMessage> event) {
    private static final List<String> EVENT_FIELDS =
            List.of("id", "type", "subject_id", "subject_version", "occurred_at", "data");

    /**
     * The event that the message tells of.
     *
     * @throws IllegalStateException when it tells of none
     */
    public EventMessage requireEvent() {
        return event.orElseThrow(() -> new IllegalStateException("message " + messageId + " tells of no event"));
    }

    /**
     * A message opened: an event's message is its data, any other its body. What SNS wrapped is taken out.
     *
     * @throws JsonProcessingException when the body is no JSON, or an event's fields are no event's
     */
    static Opened open(String sqsId, String body) throws JsonProcessingException {
        JsonNode content = Json.mapper().readTree(body);
        if (isWrapped(content)) {
            content = Json.mapper().readTree(content.path("Message").textValue());
        }
        if (!EVENT_FIELDS.stream().allMatch(content::has)) {
            return new Opened(new Delivery(sqsId, Optional.empty()), content);
        }
        EventMessage event = read(content, EventMessage.class);
        return new Opened(new Delivery(event.id().toString(), Optional.of(event)), event.data());
    }

    /**
     * Reads a record of which nothing may be missing but what is Optional.
     *
     * @throws JsonProcessingException when it does not fit
     */
    static <T extends Record> T read(JsonNode content, Class<T> type) throws JsonProcessingException {
        if (!content.isObject()) {
            throw MismatchedInputException.from(null, type, "no object");
        }
        return Json.mapper()
                .readerFor(type)
                .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .treeToValue(content, type);
    }

    /** What SNS puts around a message for a queue that did not ask for raw delivery. */
    private static boolean isWrapped(JsonNode content) {
        return content.path("Type").asText().equals("Notification")
                && content.has("TopicArn")
                && content.path("Message").isTextual();
    }

    /** A delivery and what was delivered. */
    record Opened(Delivery delivery, JsonNode content) {}
}

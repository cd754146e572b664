package tg.ecom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import tg.ecom.kernel.EventId;

/**
 * An event as other domains are told of it: what the relay makes of a {@link DomainEvent} and publishes as JSON.
 *
 * @param id by which consumers know that they had it
 * @param type what happened, such as {@code payment.completed}; also an attribute of the message, to be filtered by
 * @param subjectId to what
 * @param subjectVersion the subject's version then; consumers ignore older ones
 * @param occurredAt when
 * @param data what is told
 */
public record EventMessage(
        EventId id, String type, UUID subjectId, long subjectVersion, Instant occurredAt, JsonNode data) {
    /** Without its data, which may be somebody's: this ends in logs. */
    @Override
    public String toString() {
        return type + " " + id;
    }
}

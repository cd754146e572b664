package tg.ecom.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import tg.ecom.kernel.EventId;

/**
 * Something that happened, as it is told.
 *
 * @param id by which who is told knows whether they had it
 * @param type what happened, such as {@code payment.completed}
 * @param subjectId to what
 * @param subjectVersion the subject's version then; who knows a later one passes this by
 * @param occurredAt when
 * @param data the rest, by type
 */
record Event(EventId id, String type, UUID subjectId, long subjectVersion, Instant occurredAt, JsonNode data) {}

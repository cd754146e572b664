package tg.ecom.platform;

import java.time.Instant;
import java.util.UUID;
import tg.ecom.kernel.EventId;

/**
 * Something that happened, for other domains to know.
 *
 * @param id the event's id, by which consumers know that they had it
 * @param type what happened, such as {@code payment.completed}
 * @param subject to what
 * @param version the subject's version then; consumers ignore older ones
 * @param at when
 * @param payload what is told, written as JSON
 */
public record DomainEvent(EventId id, String type, UUID subject, long version, Instant at, Record payload) {}

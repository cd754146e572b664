package tg.ecom.platform;

import org.jdbi.v3.core.Handle;

/** Events that leave with their cause: a row in its transaction, which the relay publishes. */
public final class Outbox {
    private Outbox() {}

    /** Writes an event, which is told if and only if the transaction commits. */
    public static void write(Handle transaction, DomainEvent event) {
        transaction
                .createUpdate("""
                        insert into platform.outbox (
                            id, type, subject_id, subject_version, payload, occurred_at)
                        values (:id, :type, :subject, :version, cast(:payload as jsonb), :at)
                        """)
                .bind("id", event.id())
                .bind("type", event.type())
                .bind("subject", event.subject())
                .bind("version", event.version())
                .bind("payload", Json.mapper().valueToTree(event.payload()).toString())
                .bind("at", event.at())
                .execute();
    }
}

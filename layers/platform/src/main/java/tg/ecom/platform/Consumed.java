package tg.ecom.platform;

import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/** What one consumer has done, and how far each subject had got: rows that commit with what was done. */
final class Consumed {
    /** Another delivery of the same message waits here until this transaction has ended. */
    private static final String NOTE = """
            insert into platform.consumed_messages (consumer, message_id, consumed_at)
            values (:consumer, :message_id, :at)
            on conflict do nothing
            """;

    private static final String ADVANCE = """
            insert into platform.consumed_subjects as s (consumer, subject_id, subject_version, consumed_at)
            values (:consumer, :subject_id, :subject_version, :at)
            on conflict (consumer, subject_id) do update
            set subject_version = excluded.subject_version,
                consumed_at = excluded.consumed_at
            where s.subject_version <= excluded.subject_version
            """;

    private final String consumer;
    private final InstantSource clock;

    Consumed(String consumer, InstantSource clock) {
        this.consumer = consumer;
        this.clock = clock;
    }

    /** Notes that a message is done. @return whether it was not before */
    boolean note(Handle transaction, Delivery delivery) {
        return transaction
                        .createUpdate(NOTE)
                        .bind("consumer", consumer)
                        .bind("message_id", delivery.messageId())
                        .bind("at", clock.instant())
                        .execute()
                == 1;
    }

    /** Notes how far an event's subject has got. @return whether it had not got farther before */
    boolean isNewest(Handle transaction, EventMessage event) {
        return transaction
                        .createUpdate(ADVANCE)
                        .bind("consumer", consumer)
                        .bind("subject_id", event.subjectId())
                        .bind("subject_version", event.subjectVersion())
                        .bind("at", clock.instant())
                        .execute()
                == 1;
    }
}

package tg.ecom.local.aws;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The text messages that would have been sent: nothing leaves the machine. */
public final class SmsOutbox {
    /** The most messages that one look answers. */
    public static final int COUNT_MAX = 100;

    /** A message as the phone would have got it. */
    public record Message(String phone, String text, Instant sentAt) {}

    private final Jdbi jdbi;
    private final InstantSource clock;

    /** Keeps them in the database. */
    public SmsOutbox(CloudDatabase database, InstantSource clock) {
        this.jdbi = database.jdbi();
        this.clock = clock;
    }

    /** The newest messages first, at most {@value #COUNT_MAX}, to one phone or to all. */
    public List<Message> newest(Optional<String> phone) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select phone, text, sent_at from cloud.sms
                        where :phone::text is null or phone = :phone
                        order by id desc
                        limit :count
                        """)
                .bind("phone", phone)
                .bind("count", COUNT_MAX)
                .map((row, context) -> new Message(
                        row.getString("phone"),
                        row.getString("text"),
                        CloudDatabase.time(row, "sent_at").orElseThrow()))
                .list());
    }

    void add(UUID messageId, String phone, String text) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into cloud.sms (message_id, phone, text, sent_at)
                        values (:messageId, :phone, :text, :now)
                        """)
                .bind("messageId", messageId)
                .bind("phone", phone)
                .bind("text", text)
                .bind("now", clock.instant())
                .execute());
    }
}

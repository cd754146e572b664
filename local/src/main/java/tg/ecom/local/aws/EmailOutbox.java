package tg.ecom.local.aws;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The e-mails that would have been sent: nothing leaves the machine. */
public final class EmailOutbox {
    /** The most e-mails that one look answers. */
    public static final int COUNT_MAX = 100;

    /** An e-mail; it has a text, an HTML form, or both. */
    public record Email(
            String sender,
            List<String> recipients,
            String subject,
            Optional<String> text,
            Optional<String> html,
            Instant sentAt) {}

    private final Jdbi jdbi;
    private final InstantSource clock;

    /** Keeps them in the database. */
    public EmailOutbox(CloudDatabase database, InstantSource clock) {
        this.jdbi = database.jdbi();
        this.clock = clock;
    }

    /** The newest e-mails first, at most {@value #COUNT_MAX}, to one address or to all. */
    public List<Email> newest(Optional<String> recipient) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select sender, recipients, subject, text, html, sent_at from cloud.emails
                        where :recipient::text is null or :recipient = any (recipients)
                        order by id desc
                        limit :count
                        """)
                .bind("recipient", recipient)
                .bind("count", COUNT_MAX)
                .map((row, context) -> new Email(
                        row.getString("sender"),
                        List.of((String[]) row.getArray("recipients").getArray()),
                        row.getString("subject"),
                        Optional.ofNullable(row.getString("text")),
                        Optional.ofNullable(row.getString("html")),
                        CloudDatabase.time(row, "sent_at").orElseThrow()))
                .list());
    }

    /** Adds one, sent now, and answers its id. */
    UUID add(String sender, List<String> recipients, String subject, Optional<String> text, Optional<String> html) {
        UUID messageId = UUID.randomUUID();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into cloud.emails (message_id, sender, recipients, subject, text, html, sent_at)
                        values (:messageId, :sender, :recipients, :subject, :text, :html, :now)
                        """)
                .bind("messageId", messageId)
                .bind("sender", sender)
                .bindArray("recipients", String.class, recipients)
                .bind("subject", subject)
                .bind("text", text)
                .bind("html", html)
                .bind("now", clock.instant())
                .execute());
        return messageId;
    }
}

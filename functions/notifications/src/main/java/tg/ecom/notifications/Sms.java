package tg.ecom.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tg.ecom.kernel.EventId;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.NotificationId;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.UserId;
import tg.ecom.platform.Database;
import tg.ecom.platform.Surroundings;
import tg.ecom.platform.TextMessages;
import tg.ecom.platform.Vault;

/**
 * Sends what is due by SMS, at most once. SNS can't be told that two requests are one message, so nobody can do both:
 * send for certain and never twice. Here a message is claimed ({@code due} becomes {@code sending}, which one of
 * several deliveries does) before SNS is asked. What surely was not sent becomes due again, and the queue brings it
 * back. Where that is not known, because SNS did not answer or the function died in between, it stays {@code sending}
 * and is not sent again: the person finds the same words in the app.
 */
final class Sms {
    private static final Logger LOG = LoggerFactory.getLogger(Sms.class);

    /** Nobody has more in a day. */
    private static final int DUE_MAX = 10;

    static final String CLAIM = """
            update notifications.notifications n
            set sms_status = 'sending', sms_at = :at
            from notifications.contacts c
            where n.event_id = :event_id
                and n.sms_status = 'due'
                and c.user_id = n.user_id
            returning n.id, n.user_id, n.kind, n.amount, c.phone_encrypted, c.language
            """;

    static final String DUE = """
            select event_id
            from notifications.notifications
            where user_id = :user_id
                and sms_status = 'due'
            order by created_at
            limit :count_max
            """;

    /** What is due again may have been outdated meanwhile. */
    static final String END = """
            update notifications.notifications n
            set sms_status = case
                    when :status = 'due' and exists (
                        select
                        from notifications.notifications newer
                        where newer.recharge_id = n.recharge_id
                            and newer.created_at > n.created_at)
                    then 'outdated'
                    else cast(:status as notifications.sms_status)
                end,
                sms_at = :at
            where n.id = :id
                and n.sms_status = 'sending'
            """;

    private final Database database;
    private final Vault vault;
    private final TextMessages messages;
    private final InstantSource clock;

    /** With what is around a function that declares the settings of the vault. */
    Sms(Surroundings around) {
        this.database = around.database();
        this.vault = around.vault();
        this.messages = new TextMessages(around.aws());
        this.clock = around.clock();
    }

    /**
     * Sends what an event has made due, if it has and nobody else does. Where it is not known yet how to reach the
     * person, it stays due until {@link #sendDue}.
     *
     * @throws Unsent when SNS does not take it; then it is still due
     */
    void send(EventId event) {
        database.call(handle -> claim(handle, event)).ifPresent(this::send);
    }

    /**
     * Sends what a person, whom it is known now how to reach, should have had. Whoever comes second, what is to be told
     * or how to reach them, commits what it knows before it looks for the other's, so that one of them sends.
     *
     * @throws Unsent when SNS does not take one; then it is still due
     */
    void sendDue(UserId user) {
        database.call(handle -> due(handle, user)).forEach(this::send);
    }

    private void send(Claimed claimed) {
        switch (messages.send(
                phone(claimed), claimed.kind().sms(claimed.amount()).in(claimed.language()))) {
            case SENT -> end(claimed, "sent");
            case REFUSED -> end(claimed, "unreachable");
            case UNSENT -> {
                end(claimed, "due");
                throw new Unsent(claimed.id());
            }
            case UNKNOWN -> LOG.warn("whether the SMS of notification {} was sent is not known", claimed.id());
        }
    }

    /** What can't be decrypted is as if it were not sent, and that is certain. */
    private Phone phone(Claimed claimed) {
        try {
            return Phone.of(vault.decrypt(claimed.phoneEncrypted(), "users.phone/" + claimed.user()));
        } catch (RuntimeException unreadable) {
            end(claimed, "due");
            throw unreadable;
        }
    }

    private Optional<Claimed> claim(Handle handle, EventId event) {
        return handle.createQuery(CLAIM)
                .bind("event_id", event)
                .bind("at", clock.instant())
                .map((row, context) -> claimed(row))
                .findOne();
    }

    private static List<EventId> due(Handle handle, UserId user) {
        return handle.createQuery(DUE)
                .bind("user_id", user)
                .bind("count_max", DUE_MAX)
                .mapTo(EventId.class)
                .list();
    }

    private void end(Claimed claimed, String status) {
        database.call(handle -> handle.createUpdate(END)
                .bind("status", status)
                .bind("id", claimed.id())
                .bind("at", clock.instant())
                .execute());
    }

    private static Claimed claimed(ResultSet row) throws SQLException {
        return new Claimed(
                new NotificationId(row.getObject("id", UUID.class)),
                row.getObject("user_id", UUID.class),
                Kind.of(row.getString("kind")),
                new Money(row.getLong("amount")),
                row.getBytes("phone_encrypted"),
                Language.of(row.getString("language")));
    }

    /** What this instance alone may send now. */
    private record Claimed(
            NotificationId id, UUID user, Kind kind, Money amount, byte[] phoneEncrypted, Language language) {}

    /** The message has to come again. */
    private static final class Unsent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unsent(NotificationId id) {
            super("SNS does not take the SMS of notification " + id);
        }
    }
}

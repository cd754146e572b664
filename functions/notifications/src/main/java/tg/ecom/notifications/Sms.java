package tg.ecom.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
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

    /** More than is due to anybody whom nobody knows yet how to reach. */
    private static final int DUE_MAX = 50;

    static final String CLAIM = """
            update notifications.notifications n
            set sms_status = 'sending', sms_at = :at
            from notifications.contacts c
            where n.id = :id
                and n.sms_status = 'due'
                and c.user_id = n.user_id
            returning
                n.id, n.user_id, n.kind, n.recharge_id, n.order_id, n.order_number, n.store_name, n.amount,
                c.phone_encrypted, c.language
            """;

    static final String DUE_OF_EVENT = """
            select id
            from notifications.notifications
            where event_id = :event_id
                and sms_status = 'due'
            order by kind
            """;

    static final String DUE_TO_USER = """
            select id
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
                        where (newer.recharge_id = n.recharge_id or newer.order_id = n.order_id)
                            and newer.user_id = n.user_id
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
     * Sends what an event has made due, if it has and nobody else does. Where it is not known yet how to reach a
     * person, it stays due until {@link #sendDue}.
     *
     * @throws Unsent when SNS does not take it; then it is still due
     */
    void send(EventId event) {
        sendAll(database.call(handle -> handle.createQuery(DUE_OF_EVENT)
                .bind("event_id", event)
                .mapTo(NotificationId.class)
                .list()));
    }

    /**
     * Sends what a person, whom it is known now how to reach, should have had. Whoever comes second, what is to be told
     * or how to reach them, commits what it knows before it looks for the other's, so that one of them sends.
     *
     * @throws Unsent when SNS does not take one; then it is still due
     */
    void sendDue(UserId user) {
        sendAll(database.call(handle -> handle.createQuery(DUE_TO_USER)
                .bind("user_id", user)
                .bind("count_max", DUE_MAX)
                .mapTo(NotificationId.class)
                .list()));
    }

    /**
     * Claims one at a time: of what is claimed and not sent nobody would know. One that fails keeps no other back,
     * which may be to somebody else.
     */
    private void sendAll(List<NotificationId> due) {
        List<RuntimeException> failures = new ArrayList<>();
        for (NotificationId id : due) {
            try {
                database.call(handle -> claim(handle, id)).ifPresent(this::send);
            } catch (RuntimeException failed) {
                failures.add(failed);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private void send(Claimed claimed) {
        switch (messages.send(
                phone(claimed),
                claimed.kind().sms(claimed.subject(), claimed.amount()).in(claimed.language()))) {
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

    private Optional<Claimed> claim(Handle handle, NotificationId id) {
        return handle.createQuery(CLAIM)
                .bind("id", id)
                .bind("at", clock.instant())
                .map((row, context) -> claimed(row))
                .findOne();
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
                Subject.of(row),
                new Money(row.getLong("amount")),
                row.getBytes("phone_encrypted"),
                Language.of(row.getString("language")));
    }

    /** What this instance alone may send now. */
    private record Claimed(
            NotificationId id,
            UUID user,
            Kind kind,
            Subject subject,
            Money amount,
            byte[] phoneEncrypted,
            Language language) {}

    /** The message has to come again. */
    private static final class Unsent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unsent(NotificationId id) {
            super("SNS does not take the SMS of notification " + id);
        }
    }
}

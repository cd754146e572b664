package tg.ecom.notifications;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.NotificationId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.EventMessage;

/** Writes down what people are told. {@link Sms} sends what that makes due. */
final class Telling {
    private static final Duration DAY = Duration.ofDays(1);

    /** An SMS that is still due says what is no longer so. */
    static final String OUTDATE = """
            update notifications.notifications
            set sms_status = 'outdated', sms_at = :at
            where (recharge_id = cast(:recharge_id as uuid) or order_id = cast(:order_id as uuid))
                and user_id = :user_id
                and event_id <> :event_id
                and sms_status = 'due'
            """;

    static final String WRITE = """
            insert into notifications.notifications (
                id, user_id, kind, recharge_id, order_id, order_number, store_name, amount, currency, event_id,
                sms_status, created_at)
            select
                :id, :user_id, cast(:kind as notifications.kind), cast(:recharge_id as uuid), cast(:order_id as uuid),
                :order_number, :store_name, :amount, :currency, :event_id,
                cast(case when count(*) < :sms_max then 'due' else 'capped' end as notifications.sms_status),
                :at
            from notifications.notifications
            where user_id = :user_id
                and created_at > :day_ago
                and kind = any(cast(:kinds as notifications.kind[]))
            on conflict (event_id, kind) do nothing
            """;

    private final InstantSource clock;

    Telling(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What somebody is to be told.
     *
     * @param amount how much money it is about
     */
    record News(Kind kind, UserId user, Subject subject, Money amount, String currency) {}

    /** Writes it, once for an event; what was to be sent of the same thing before is out of date. */
    void write(Handle transaction, EventMessage event, News news) {
        Instant now = clock.instant();
        Columns columns = Columns.of(news.subject());
        Audience audience = news.kind().audience();
        transaction
                .createUpdate(OUTDATE)
                .bind("recharge_id", columns.recharge())
                .bind("order_id", columns.order())
                .bind("user_id", news.user())
                .bind("event_id", event.id())
                .bind("at", now)
                .execute();
        transaction
                .createUpdate(WRITE)
                .bind("id", new NotificationId(Uuid7.next(clock)))
                .bind("user_id", news.user())
                .bind("kind", news.kind().code())
                .bind("recharge_id", columns.recharge())
                .bind("order_id", columns.order())
                .bind("order_number", columns.orderNumber())
                .bind("store_name", columns.storeName())
                .bind("amount", news.amount())
                .bind("currency", news.currency())
                .bind("event_id", event.id())
                .bind("kinds", Kind.of(audience).stream().map(Kind::code).toArray(String[]::new))
                .bind("sms_max", audience.smsADayMax())
                .bind("day_ago", now.minus(DAY))
                .bind("at", now)
                .execute();
    }

    /** A subject as it is kept; what it has not is null. */
    private record Columns(UUID recharge, UUID order, String orderNumber, String storeName) {
        static Columns of(Subject subject) {
            return switch (subject) {
                case Subject.Recharge(var id) -> new Columns(id.value(), null, null, null);
                case Subject.Order(var id, var number, var storeName) ->
                    new Columns(null, id.value(), number, storeName);
            };
        }
    }
}

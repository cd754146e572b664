package tg.ecom.notifications;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.NotificationId;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.Delivery;
import tg.ecom.platform.EventMessage;
import tg.ecom.platform.QueueFunction;
import tg.ecom.platform.VaultSettings;

/**
 * Consumes the queue of what payments tells: who recharged is told how it ended, in the app and by SMS, unless the
 * money came while they were waiting for it. What is older than what they were told already is passed over. The row is
 * written once; the SMS is sent at most once, see {@link Sms}.
 */
public final class NotifyPayer extends QueueFunction<NotifyPayer.Payment> {
    /** Recharges that fail cost nothing but our messages, so that there is an end to them. */
    private static final int SMS_A_DAY_MAX = 10;

    private static final Duration DAY = Duration.ofDays(1);

    /** An SMS that is still due says what is no longer so. */
    static final String OUTDATE = """
            update notifications.notifications
            set sms_status = 'outdated', sms_at = :at
            where recharge_id = :recharge_id
                and sms_status = 'due'
            """;

    static final String WRITE = """
            insert into notifications.notifications (
                id, user_id, kind, recharge_id, amount, currency, event_id, sms_status, created_at)
            select
                :id, :user_id, cast(:kind as notifications.kind), :recharge_id, :amount, :currency, :event_id,
                cast(case when count(*) < :sms_max then 'due' else 'capped' end as notifications.sms_status),
                :at
            from notifications.notifications
            where user_id = :user_id
                and created_at > :day_ago
            on conflict (event_id) do nothing
            """;

    /** What this domain wants to know of a payment. */
    public record Payment(PaymentId paymentId, UserId userId, Money amount, String currency) {}

    private final Sms sms = new Sms(surroundings());

    /** Reads phones. */
    public NotifyPayer() {
        super(VaultSettings.class);
    }

    @Override
    protected void handle(Payment payment, Delivery delivery) {
        EventMessage event = delivery.requireEvent();
        Kind kind = Kind.fromEvent(event.type());
        onceUnlessOutdated(delivery, transaction -> write(transaction, event, kind, payment));
        // Also when the row is from a delivery before this one, which may not have come so far.
        sms.send(event.id());
    }

    private NotificationId write(Handle transaction, EventMessage event, Kind kind, Payment payment) {
        Instant now = clock().instant();
        NotificationId id = new NotificationId(Uuid7.next(clock()));
        transaction
                .createUpdate(OUTDATE)
                .bind("recharge_id", payment.paymentId())
                .bind("at", now)
                .execute();
        transaction
                .createUpdate(WRITE)
                .bind("id", id)
                .bind("user_id", payment.userId())
                .bind("kind", kind.code())
                .bind("recharge_id", payment.paymentId())
                .bind("amount", payment.amount())
                .bind("currency", payment.currency())
                .bind("event_id", event.id())
                .bind("sms_max", SMS_A_DAY_MAX)
                .bind("day_ago", now.minus(DAY))
                .bind("at", now)
                .execute();
        return id;
    }

    @Override
    protected String example() {
        return """
                {"id": "00000000-0000-7000-8000-000000000000", "type": "payment.failed",
                "subject_id": "00000000-0000-7000-8000-000000000000", "subject_version": 2,
                "occurred_at": "2026-01-01T00:00:00Z", "data": {
                    "payment_id": "00000000-0000-7000-8000-000000000000",
                    "user_id": "00000000-0000-7000-8000-000000000000",
                    "amount": 20000, "currency": "XOF"}}
                """;
    }
}

package tg.ecom.notifications;

import tg.ecom.kernel.Money;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.UserId;
import tg.ecom.notifications.Telling.News;
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
    /** What this domain wants to know of a payment. */
    public record Payment(PaymentId paymentId, UserId userId, Money amount, String currency) {}

    private final Telling telling = new Telling(surroundings().clock());
    private final Sms sms = new Sms(surroundings());

    /** Reads phones. */
    public NotifyPayer() {
        super(VaultSettings.class);
    }

    @Override
    protected void handle(Payment payment, Delivery delivery) {
        EventMessage event = delivery.requireEvent();
        News news = new News(
                Kind.fromEvent(event.type()),
                payment.userId(),
                new Subject.Recharge(payment.paymentId()),
                payment.amount(),
                payment.currency());
        onceUnlessOutdated(delivery, transaction -> {
            telling.write(transaction, event, news);
            return news;
        });
        // Also when the row is from a delivery before this one, which may not have come so far.
        sms.send(event.id());
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

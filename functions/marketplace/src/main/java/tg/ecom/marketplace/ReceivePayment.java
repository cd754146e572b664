package tg.ecom.marketplace;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tg.ecom.kernel.OrderId;
import tg.ecom.platform.Delivery;
import tg.ecom.platform.QueueFunction;

/**
 * Consumes the queue of what payments tells of orders' payments that have succeeded. Mostly the order's saga was first;
 * what an operator pays after the saga has given up comes by here alone.
 */
public final class ReceivePayment extends QueueFunction<ReceivePayment.Payment> {
    private static final Logger LOG = LoggerFactory.getLogger(ReceivePayment.class);

    /** What this domain wants to know of a payment: into which escrow it went, which has the order's id. */
    public record Payment(OrderId walletId) {}

    private final OrderPayments payments =
            new OrderPayments(database(), surroundings().clock());

    @Override
    protected void handle(Payment payment, Delivery delivery) {
        if (payments.arrived(payment.walletId()).isEmpty()) {
            LOG.error("an operator paid for order {}, which there is not", payment.walletId());
        }
    }

    @Override
    protected String example() {
        return """
                {"id": "00000000-0000-7000-8000-000000000000", "type": "order_payment.completed",
                "subject_id": "00000000-0000-7000-8000-000000000000", "subject_version": 2,
                "occurred_at": "2026-01-01T00:00:00Z", "data": {
                    "payment_id": "00000000-0000-7000-8000-000000000000",
                    "wallet_id": "00000000-0000-7000-8000-000000000000"}}
                """;
    }
}

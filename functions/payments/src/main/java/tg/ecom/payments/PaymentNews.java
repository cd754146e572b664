package tg.ecom.payments;

import java.util.Optional;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.PaymentMethod;

/**
 * What other domains are told of a payment, as {@code payment.completed}, {@code payment.completed_late} (after its
 * person had been told something else), {@code payment.failed}, {@code payment.expired} or {@code payment.review}; of
 * an order's, as {@code order_payment.completed} and so on.
 *
 * @param walletId where the money goes; an order's escrow has the order's id
 */
public record PaymentNews(
        PaymentId paymentId,
        Purpose purpose,
        UserId userId,
        WalletId walletId,
        Money amount,
        String currency,
        PaymentMethod method,
        PaymentStatus status,
        Optional<String> reason) {

    /** What is told of a payment as it is now. */
    static PaymentNews of(Payment payment) {
        return new PaymentNews(
                payment.id(),
                payment.purpose(),
                payment.user(),
                payment.wallet(),
                payment.amount(),
                payment.currency(),
                payment.method(),
                payment.status(),
                payment.reason());
    }

    /** The type of the event that tells of it, when the payment was something else before. */
    String type(PaymentStatus before) {
        String subject = purpose == Purpose.ORDER ? "order_payment." : "payment.";
        if (status != PaymentStatus.SUCCEEDED) {
            return subject + status.code();
        }
        return subject + (before == PaymentStatus.PENDING ? "completed" : "completed_late");
    }
}

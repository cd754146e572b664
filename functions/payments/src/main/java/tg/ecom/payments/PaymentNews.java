package tg.ecom.payments;

import java.util.Optional;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.PaymentMethod;

/**
 * What other domains are told of a payment, as {@code payment.completed}, {@code payment.completed_late} (after its
 * person had been told something else), {@code payment.failed}, {@code payment.expired} or {@code payment.review}.
 */
public record PaymentNews(
        PaymentId paymentId,
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
        if (status != PaymentStatus.SUCCEEDED) {
            return "payment." + status.code();
        }
        return before == PaymentStatus.PENDING ? "payment.completed" : "payment.completed_late";
    }
}

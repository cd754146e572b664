package tg.ecom.payments;

import java.util.Optional;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.PaymentMethod;

/**
 * What other domains are told of a payment, as {@code payment.completed}, {@code payment.failed},
 * {@code payment.expired} or {@code payment.review}.
 *
 * @param late whether the money came after the window, when the person had been told that it would not
 */
public record PaymentNews(
        PaymentId paymentId,
        UserId userId,
        WalletId walletId,
        Money amount,
        String currency,
        PaymentMethod method,
        PaymentStatus status,
        Optional<String> reason,
        boolean late) {

    /** What is told of a payment that was something else before. */
    static PaymentNews of(Payment payment, PaymentStatus before) {
        return new PaymentNews(
                payment.id(),
                payment.user(),
                payment.wallet(),
                payment.amount(),
                payment.currency(),
                payment.method(),
                payment.status(),
                payment.reason(),
                payment.status() == PaymentStatus.SUCCEEDED && before == PaymentStatus.EXPIRED);
    }

    /** The event's type. */
    String type() {
        return "payment." + (status == PaymentStatus.SUCCEEDED ? "completed" : status.code());
    }
}

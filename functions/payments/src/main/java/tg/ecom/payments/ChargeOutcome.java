package tg.ecom.payments;

import java.util.Optional;
import tg.ecom.kernel.PaymentId;
import tg.ecom.platform.Outcome;

/**
 * How a charge ended, in the words of its state machine.
 *
 * @param paymentId of which payment
 * @param status what it came to
 * @param error the error's name there; none when the payment succeeded
 * @param cause why, a stable code
 */
public record ChargeOutcome(PaymentId paymentId, PaymentStatus status, Optional<String> error, Optional<String> cause) {
    /** What the machine's task that waits for news is called in platform's parked tasks. */
    static final String WAIT = "charge";

    static ChargeOutcome of(Payment payment) {
        return new ChargeOutcome(payment.id(), payment.status(), error(payment.status()), payment.reason());
    }

    /** What the waiting task ends with. */
    Outcome news() {
        return error.map(name -> Outcome.failure(name, cause.orElse(""))).orElseGet(() -> Outcome.success(this));
    }

    private static Optional<String> error(PaymentStatus status) {
        return switch (status) {
            case PENDING, SUCCEEDED -> Optional.empty();
            case FAILED -> Optional.of("Refused");
            case EXPIRED -> Optional.of("Expired");
            case REVIEW -> Optional.of("Review");
        };
    }
}

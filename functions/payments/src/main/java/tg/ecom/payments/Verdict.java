package tg.ecom.payments;

import java.util.Optional;
import tg.ecom.payments.Operator.Answer;

/**
 * What a payment comes to.
 *
 * @param status its new status
 * @param reason why, a stable code; none when it succeeded
 */
record Verdict(PaymentStatus status, Optional<String> reason) {
    /** Nobody approved while the window was open. */
    static final Verdict NOT_APPROVED = new Verdict(PaymentStatus.EXPIRED, Optional.of("not_approved"));

    /** What an operator's answer makes of a payment. @return empty when it changes nothing */
    static Optional<Verdict> of(Payment payment, Answer answer) {
        Optional<Verdict> told = switch (answer.status()) {
            case PENDING, UNKNOWN -> Optional.empty();
            case SUCCEEDED ->
                Optional.of(doubt(payment, answer)
                        .map(Verdict::review)
                        .orElseGet(() -> new Verdict(PaymentStatus.SUCCEEDED, Optional.empty())));
            case FAILED -> Optional.of(new Verdict(PaymentStatus.FAILED, Optional.of("refused")));
            case CANCELLED -> Optional.of(new Verdict(PaymentStatus.FAILED, Optional.of("cancelled")));
            case EXPIRED -> Optional.of(NOT_APPROVED);
        };
        return told.filter(verdict -> payment.status().mayBecome(verdict.status()));
    }

    /** Somebody has to decide. */
    static Verdict review(String reason) {
        return new Verdict(PaymentStatus.REVIEW, Optional.of(reason));
    }

    /** Why money that the operator says was paid can't be credited without a look, or nothing. */
    private static Optional<String> doubt(Payment payment, Answer answer) {
        if (!answer.reference().equals(Optional.of(payment.reference().text()))) {
            return Optional.of("reference_differs");
        } else if (!answer.currency().equals(payment.currency())) {
            return Optional.of("currency_differs");
        } else if (!answer.amount().equals(Optional.of(payment.amount().amount()))) {
            return Optional.of("amount_differs");
        } else if (payment.isOperatorReferenceTaken()) {
            return Optional.of("operator_reference_taken");
        } else if (payment.status() == PaymentStatus.FAILED) {
            return Optional.of("succeeded_after_failure");
        } else if (!payment.walletIsActive()) {
            return Optional.of("wallet_not_active");
        }
        return Optional.empty();
    }
}

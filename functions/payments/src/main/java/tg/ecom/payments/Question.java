package tg.ecom.payments;

import java.time.Duration;
import java.util.Optional;
import tg.ecom.kernel.PaymentId;

/**
 * A message that says: ask the operator what became of a payment.
 *
 * @param paymentId of which
 * @param number which question on schedule it is, from 0; none for one that a webhook caused
 */
public record Question(PaymentId paymentId, Optional<Integer> number) {
    private static final Duration FIRST_DELAY = Duration.ofSeconds(15);
    private static final Duration DELAY_MAX = Duration.ofHours(6);
    private static final int DOUBLINGS_MAX = 11;

    /** How long to wait before a question on schedule: 15 s, 30 s, 60 s and so on to 6 hours. */
    static Duration delay(int number) {
        Duration doubled = FIRST_DELAY.multipliedBy(1L << Math.min(number, DOUBLINGS_MAX));
        return doubled.compareTo(DELAY_MAX) < 0 ? doubled : DELAY_MAX;
    }

    static Question onSchedule(PaymentId payment, int number) {
        return new Question(payment, Optional.of(number));
    }

    static Question atOnce(PaymentId payment) {
        return new Question(payment, Optional.empty());
    }
}

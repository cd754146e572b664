package tg.ecom.payments;

import tg.ecom.kernel.PaymentId;

/**
 * What the charge's state machine starts with.
 *
 * @param version of this record, so that running machines survive a deployment
 * @param paymentId which payment
 * @param windowS how long the machine waits for the news
 */
public record ChargeInput(int version, PaymentId paymentId, int windowS) {
    private static final int VERSION = 1;

    static ChargeInput of(PaymentId payment) {
        return new ChargeInput(VERSION, payment, (int) PaymentBegin.WINDOW.toSeconds());
    }
}

package tg.ecom.local.operators;

import java.time.Instant;

/**
 * A payment in an operator's books.
 *
 * @param reference the caller's, by which it is asked for
 * @param operatorReference the operator's own
 * @param orderReference what the caller says it is for
 * @param phone whose money, in E.164
 * @param amount francs that were asked for
 * @param scenario what becomes of it
 * @param registeredAt when it was asked for
 * @param webhooksTaken how many of its webhooks were answered with 2xx
 */
record Payment(
        String reference,
        String operatorReference,
        String orderReference,
        String phone,
        long amount,
        Scenario scenario,
        Instant registeredAt,
        int webhooksTaken) {
    /** What became of a payment. */
    enum Status {
        /** The payer has not decided. */
        PENDING,
        /** The payer paid. */
        PAID,
        /** The payer refused. */
        REFUSED
    }

    /** The same in another scenario. */
    Payment in(Scenario other) {
        return new Payment(
                reference, operatorReference, orderReference, phone, amount, other, registeredAt, webhooksTaken);
    }

    /** What has become of it by then. */
    Status status(Instant now) {
        if (now.isBefore(registeredAt.plus(scenario.settlesAfter()))) {
            return Status.PENDING;
        }
        return scenario.paid() ? Status.PAID : Status.REFUSED;
    }

    /** Francs that the operator says it moved. */
    long settledAmount() {
        return scenario == Scenario.WRONG_AMOUNT ? Math.max(0, amount - Scenario.MISSING_FRANCS) : amount;
    }
}

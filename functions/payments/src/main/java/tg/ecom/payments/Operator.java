package tg.ecom.payments;

import java.time.Instant;
import java.util.Optional;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.Phone;
import tg.ecom.ledger.PaymentMethod;

/**
 * A payment operator, whatever its dialect. No method throws for what an operator does or fails to do: a connection
 * that is refused or cut, a time-out and an answer that makes no sense are {@link Status#UNKNOWN}.
 */
interface Operator {
    /** Which one. */
    PaymentMethod method();

    /**
     * Asks the holder of a phone to pay. Asked again with the same reference, the operator answers as the first time.
     */
    Answer initiate(Debit debit);

    /** What became of a debit. */
    Answer query(Reference reference);

    /**
     * The payment that a message to our webhook names. Nothing else of it is believed: anybody can send one.
     *
     * @param body the message as it came
     */
    Optional<PaymentId> subjectOf(byte[] body);

    /**
     * What is asked of a phone's holder.
     *
     * @param at when the payment began, the same in every attempt
     */
    record Debit(Reference reference, Phone phone, Money amount, Instant at) {}

    /** What an operator says, in the words that all have in common. */
    enum Status {
        /** The holder has not decided. */
        PENDING,
        /** They paid. */
        SUCCEEDED,
        /** They refused, or could not pay. */
        FAILED,
        /** They did not answer in the operator's time. */
        EXPIRED,
        /** They or the operator gave it up. */
        CANCELLED,
        /** Nobody knows: ask again, with the same reference. */
        UNKNOWN
    }

    /**
     * What an operator answered.
     *
     * @param word the operator's own words, or what happened instead of an answer; no phone in it
     * @param unregistered whether the operator says that it has never heard of the reference
     * @param operatorReference its own name for the debit
     * @param reference the reference that it says this is about
     * @param amount what it says was paid
     * @param currency in which, ISO 4217
     */
    record Answer(
            Status status,
            String word,
            boolean unregistered,
            Optional<String> operatorReference,
            Optional<String> reference,
            Optional<Long> amount,
            String currency) {

        /** No answer. */
        static Answer unknown(String word) {
            return new Answer(
                    Status.UNKNOWN, word, false, Optional.empty(), Optional.empty(), Optional.empty(), Money.CURRENCY);
        }
    }
}

package tg.ecom.payments;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.EcomWallet;
import tg.ecom.ledger.PaymentMethod;

/**
 * Money asked of an operator.
 *
 * @param id its id, and the id of the entry that completes it
 * @param purpose what it is for
 * @param wallet where the money goes: a person's, or an order's escrow, which has the order's id
 * @param user who asked for it
 * @param amount how much
 * @param currency ISO 4217
 * @param method the operator
 * @param phoneEncrypted of the phone whose holder pays, see {@link PayerPhones}
 * @param status what became of it
 * @param reason why it failed or is looked into, a stable code
 * @param version the number of its newest event
 * @param questionNumber which question on schedule comes next, from 0
 * @param expiresAt until when its holder may approve
 * @param createdAt when it began
 * @param updatedAt when its status last changed
 * @param walletIsActive whether the wallet takes money in, as of when it was read
 * @param isOperatorReferenceTaken whether another payment has the operator's reference that was asked about
 */
record Payment(
        PaymentId id,
        Purpose purpose,
        WalletId wallet,
        UserId user,
        Money amount,
        String currency,
        PaymentMethod method,
        byte[] phoneEncrypted,
        PaymentStatus status,
        Optional<String> reason,
        long version,
        int questionNumber,
        Instant expiresAt,
        Instant createdAt,
        Instant updatedAt,
        boolean walletIsActive,
        boolean isOperatorReferenceTaken) {

    /** What it is called at the operator. */
    Reference reference() {
        return Reference.of(id);
    }

    /** The id of the ledger's entry that completes it. */
    EntryId entry() {
        return new EntryId(id.value());
    }

    /** The order that it pays, if it pays one. */
    Optional<UUID> order() {
        return purpose == Purpose.ORDER ? Optional.of(wallet.value()) : Optional.empty();
    }

    /** From where the ledger takes the money. */
    WalletId operatorWallet() {
        return EcomWallet.floatOf(method).id();
    }

    /** Whether its holder may still approve. */
    boolean isWithinWindow(Instant now) {
        return status == PaymentStatus.PENDING && now.isBefore(expiresAt);
    }

    /** The same after a change. */
    Payment changed(Verdict verdict, Instant at) {
        return new Payment(
                id,
                purpose,
                wallet,
                user,
                amount,
                currency,
                method,
                phoneEncrypted,
                verdict.status(),
                verdict.reason(),
                version + 1,
                questionNumber,
                expiresAt,
                createdAt,
                at,
                walletIsActive,
                isOperatorReferenceTaken);
    }
}

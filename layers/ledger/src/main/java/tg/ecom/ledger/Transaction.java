package tg.ecom.ledger;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.TransferId;
import tg.ecom.kernel.WalletId;

/**
 * What came to a wallet or went from it, is on its way, or did not come, as its owner sees it: the customer's
 * {@code transactions}, with the transfer, the balance after it, the other party and the effective date beside.
 *
 * @param id the entry's id, which is also that of the payment that it completed; or the payment's
 * @param wallet whose it is
 * @param transfer the transfer that it belongs to; none for what has not completed
 * @param type whether it comes or goes
 * @param amount how much
 * @param currency ISO 4217
 * @param category what for
 * @param description the payer's note, or what it was
 * @param status the customer's word; an entry is always {@code completed}
 * @param balanceAfter what the wallet then had; none for what has not completed
 * @param counterparty the other party's masked name
 * @param metadata what was told of it for programs
 * @param relatedService the ride or the order
 * @param method how the money came or went
 * @param externalReference the operator's own reference
 * @param reference what its owner reads to support
 * @param effectiveAt when it happened; before it was recorded when an operator told of it late
 * @param createdAt when it was recorded
 * @param updatedAt when it last changed, as a payment on its way does; an entry never
 */
public record Transaction(
        EntryId id,
        WalletId wallet,
        Optional<TransferId> transfer,
        Type type,
        Money amount,
        String currency,
        Category category,
        Optional<String> description,
        String status,
        Optional<Money> balanceAfter,
        Optional<String> counterparty,
        Map<String, Object> metadata,
        Optional<UUID> relatedService,
        PaymentMethod method,
        Optional<String> externalReference,
        String reference,
        Instant effectiveAt,
        Instant createdAt,
        Instant updatedAt) {
    public Transaction {
        metadata = Map.copyOf(metadata);
    }

    /** Whether money came or went. */
    public enum Type {
        CREDIT,
        DEBIT;

        /** The name in the API and in SQL. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The type of a name. @throws IllegalArgumentException when there is none */
        public static Type of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }
}

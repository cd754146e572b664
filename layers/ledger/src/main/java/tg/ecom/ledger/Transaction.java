package tg.ecom.ledger;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.TransferId;

/**
 * What came to a wallet or went from it, is on its way, or did not come, as its owner sees it.
 *
 * @param id the entry's id, which is also that of the payment that it completed; or the payment's
 * @param transfer the transfer that it belongs to; none for what has not completed
 * @param type whether it comes or goes
 * @param amount how much
 * @param currency ISO 4217
 * @param category what for
 * @param description the payer's note, or what it was
 * @param status the customer's word; an entry is always {@code completed}
 * @param balanceAfter what the wallet then had; none for what has not completed
 * @param counterparty the other party's masked name
 * @param method how the money came or went
 * @param relatedService the ride or the order
 * @param reference what its owner reads to support
 * @param createdAt when
 */
public record Transaction(
        EntryId id,
        Optional<TransferId> transfer,
        Type type,
        Money amount,
        String currency,
        Category category,
        Optional<String> description,
        String status,
        Optional<Money> balanceAfter,
        Optional<String> counterparty,
        PaymentMethod method,
        Optional<UUID> relatedService,
        String reference,
        Instant createdAt) {

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

package tg.ecom.wallet;

import java.time.Instant;
import java.util.Optional;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.Money;
import tg.ecom.ledger.Category;
import tg.ecom.ledger.Transaction;

/** A transaction as the API shows it. */
public record WalletTransaction(
        EntryId id,
        Transaction.Type type,
        Money amount,
        String currency,
        Category category,
        Optional<String> description,
        String status,
        Optional<Money> balanceAfter,
        Optional<String> counterparty,
        Instant createdAt) {

    static WalletTransaction of(Transaction transaction) {
        return new WalletTransaction(
                transaction.id(),
                transaction.type(),
                transaction.amount(),
                transaction.currency(),
                transaction.category(),
                transaction.description(),
                transaction.status(),
                transaction.balanceAfter(),
                transaction.counterparty(),
                transaction.createdAt());
    }
}

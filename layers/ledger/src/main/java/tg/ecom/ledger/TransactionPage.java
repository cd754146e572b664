package tg.ecom.ledger;

import java.util.List;
import java.util.Optional;
import tg.ecom.kernel.Cursor;

/**
 * Some transactions of a wallet, newest first.
 *
 * @param items the transactions
 * @param next where the next page begins; empty at the end
 */
public record TransactionPage(List<Transaction> items, Optional<Cursor> next) {
    public TransactionPage {
        items = List.copyOf(items);
    }

    /** A transaction and where it stands in the list. */
    record Placed(Transaction transaction, Position position) {}

    /** The page of the first {@code limit} of those found: there is another when one more was. */
    static TransactionPage of(List<Placed> found, int limit) {
        List<Placed> shown = found.subList(0, Math.min(found.size(), limit));
        Optional<Cursor> next =
                found.size() > limit ? Optional.of(shown.getLast().position().cursor()) : Optional.empty();
        return new TransactionPage(shown.stream().map(Placed::transaction).toList(), next);
    }
}

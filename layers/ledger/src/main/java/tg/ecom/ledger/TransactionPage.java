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
}

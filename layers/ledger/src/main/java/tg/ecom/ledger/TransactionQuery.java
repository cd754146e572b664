package tg.ecom.ledger;

import java.time.Instant;
import java.util.Optional;
import tg.ecom.kernel.Cursor;
import tg.ecom.kernel.WalletId;

/**
 * Which transactions of a wallet, newest first; what is empty does not filter.
 *
 * @param wallet whose
 * @param type only what came, or only what went
 * @param category only for this
 * @param status only in this state, the customer's word
 * @param from from this moment on
 * @param to before this moment
 * @param cursor after the page that ended here
 * @param limit how many, 1 to 100
 */
public record TransactionQuery(
        WalletId wallet,
        Optional<Transaction.Type> type,
        Optional<Category> category,
        Optional<String> status,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<Cursor> cursor,
        int limit) {
    /** The most that one page has. */
    public static final int LIMIT_MAX = 100;

    public TransactionQuery {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("a page has 1 to " + LIMIT_MAX + " transactions, not " + limit);
        }
    }

    /** The newest of a wallet. */
    public static TransactionQuery newest(WalletId wallet, int limit) {
        return new TransactionQuery(
                wallet,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }

    /** The same after the page that ended there. */
    public TransactionQuery after(Cursor end) {
        return new TransactionQuery(wallet, type, category, status, from, to, Optional.of(end), limit);
    }
}

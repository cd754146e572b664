package tg.ecom.wallet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tg.ecom.kernel.Cursor;
import tg.ecom.ledger.Category;
import tg.ecom.ledger.Ledger;
import tg.ecom.ledger.Transaction;
import tg.ecom.ledger.TransactionPage;
import tg.ecom.ledger.TransactionQuery;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;

/** GET /api/wallet/transactions: what came to the caller's wallet and went from it, is on its way or did not come. */
public final class ListTransactions extends ApiFunction<ListTransactions.Request, ListTransactions.Page> {
    /** Filters, each of which may be left out. */
    public record Request(
            Optional<Transaction.Type> type,
            Optional<Category> category,
            Optional<String> status,
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<Cursor> cursor,
            int limit) {}

    /** One page. */
    public record Page(List<WalletTransaction> items, Optional<Cursor> nextCursor) {}

    private final Ledger ledger = new Ledger(database(), clock());

    /** For everybody who is signed in. */
    public ListTransactions() {
        super(Access.SIGNED_IN);
    }

    @Override
    protected Page handle(Caller caller, Request request) {
        TransactionPage page = ledger.transactions(new TransactionQuery(
                caller.wallet(),
                request.type(),
                request.category(),
                request.status(),
                request.from(),
                request.to(),
                request.cursor(),
                request.limit()));
        return new Page(page.items().stream().map(WalletTransaction::of).toList(), page.next());
    }
}

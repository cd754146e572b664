package tg.ecom.ledger;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import tg.ecom.kernel.WalletId;
import tg.ecom.platform.Database;

/** Folds accumulating wallets, and tells what is in them. */
public final class Seals {
    static final String ACCUMULATING = """
            select id
            from ledger.wallets
            where kind = 'accumulating' and id > :after
            order by id
            limit :count_max
            """;

    static final String BALANCE = """
            select ledger.accumulated_balance(:wallet)
            """;

    private static final int PAGE_SIZE = 500;
    private static final WalletId BEFORE_ALL = new WalletId(new UUID(0, 0));

    private final Database database;
    private final InstantSource clock;

    /** The seals over a function's connection. */
    public Seals(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Folds every accumulating wallet, each in a statement of its own; may run twice at once. @return how many entries
     * went in
     */
    public long sealAll() {
        long sealed = 0;
        List<WalletId> page = page(BEFORE_ALL);
        while (!page.isEmpty()) {
            for (WalletId wallet : page) {
                sealed += seal(wallet);
            }
            page = page(page.getLast());
        }
        return sealed;
    }

    /** Folds one wallet up to the oldest transaction still running. @return how many entries went in */
    public long seal(WalletId wallet) {
        return database.call(handle -> handle.createQuery("""
                        select ledger.seal(p_wallet_id => :wallet, p_at => :at)
                        """)
                .bind("wallet", wallet)
                .bind("at", clock.instant())
                .mapTo(Long.class)
                .one());
    }

    /**
     * What is in an accumulating wallet in francs, below zero too: its last seal and what came after, in one statement.
     */
    public long balance(WalletId wallet) {
        return database.call(handle -> handle.createQuery(BALANCE)
                .bind("wallet", wallet)
                .mapTo(Long.class)
                .one());
    }

    private List<WalletId> page(WalletId after) {
        return database.call(handle -> handle.createQuery(ACCUMULATING)
                .bind("after", after)
                .bind("count_max", PAGE_SIZE)
                .mapTo(WalletId.class)
                .list());
    }
}

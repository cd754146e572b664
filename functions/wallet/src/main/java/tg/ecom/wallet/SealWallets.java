package tg.ecom.wallet;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import tg.ecom.ledger.Ledger;
import tg.ecom.ledger.Seals;
import tg.ecom.ledger.Sessions;
import tg.ecom.platform.DatabaseSettings;
import tg.ecom.platform.EventFunction;
import tg.ecom.platform.Tick;

/**
 * Runs by the clock: folds accumulating wallets into seals, ends holds whose time has come, and forgets idempotency
 * keys, revoked sessions and lookups in vain that have served. Each step does a bounded piece; the next run goes on.
 */
public final class SealWallets extends EventFunction<Tick> {
    private static final Duration KEYS_KEPT = Duration.ofDays(7);
    private static final int ROWS_A_RUN_MAX = 10_000;
    private static final int HOLDS_A_STATEMENT_MAX = 100;
    private static final int ROUNDS_A_RUN_MAX = 100;

    /** Longer than any access token lives. */
    private static final Duration REVOKED_SESSIONS_KEPT = Duration.ofHours(1);

    /** Longer than they are counted. */
    private static final Duration VAIN_LOOKUPS_KEPT = Duration.ofHours(2);

    private final Seals seals = new Seals(database(), clock());
    private final Ledger ledger = new Ledger(database(), clock());
    private final Sessions sessions = new Sessions(database(), clock());

    /** Needs nothing but the database. */
    public SealWallets() {
        super(DatabaseSettings.class);
    }

    @Override
    protected void handle(Tick tick) {
        Instant now = clock().instant();
        seals.sealAll();
        expireHolds();
        sessions.forget(now.minus(REVOKED_SESSIONS_KEPT), ROWS_A_RUN_MAX);
        database().call(handle -> forgetKeys(handle, now.minus(KEYS_KEPT)));
        database().call(handle -> forgetVainLookups(handle, now.minus(VAIN_LOOKUPS_KEPT)));
    }

    /** A few at a time: each call locks the wallets of what it ends until it commits. */
    private void expireHolds() {
        int rounds = 0;
        while (ledger.expire(HOLDS_A_STATEMENT_MAX) == HOLDS_A_STATEMENT_MAX && rounds < ROUNDS_A_RUN_MAX) {
            rounds++;
        }
    }

    private static int forgetVainLookups(Handle handle, Instant before) {
        return handle.createQuery("select ledger.forget_vain_lookups(p_before => :before, p_count_max => :count_max)")
                .bind("before", before)
                .bind("count_max", ROWS_A_RUN_MAX)
                .mapTo(Integer.class)
                .one();
    }

    private static int forgetKeys(Handle handle, Instant before) {
        return handle.createUpdate("""
                        delete from platform.idempotency_keys
                        where (caller_id, operation, key) in (
                            select caller_id, operation, key
                            from platform.idempotency_keys
                            where created_at < :before
                            limit :count_max)
                        """)
                .bind("before", before)
                .bind("count_max", ROWS_A_RUN_MAX)
                .execute();
    }
}

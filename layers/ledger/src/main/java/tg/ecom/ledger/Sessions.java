package tg.ecom.ledger;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.SessionId;
import tg.ecom.kernel.UserId;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Database;

/** Which sessions may no longer move money: a posting asks here, in its own statement. */
public final class Sessions {
    static final String EPOCH = """
            select session_epoch
            from ledger.wallets
            where id = :user
            """;

    private final Statements statements;
    private final InstantSource clock;

    /** The sessions over a function's connection. */
    public Sessions(Database database, InstantSource clock) {
        this(database::call, clock);
    }

    private Sessions(Statements statements, InstantSource clock) {
        this.statements = statements;
        this.clock = clock;
    }

    /** The same sessions as part of a transaction. */
    public Sessions within(Handle transaction) {
        return new Sessions(Statements.in(transaction), clock);
    }

    /**
     * Lets somebody go on who changes something.
     *
     * @throws tg.ecom.kernel.ProblemException {@link LedgerProblem.SessionRevoked} when their session has ended
     */
    public void requireLive(Caller caller) {
        boolean isLive = statements.run(handle -> handle.createQuery("""
                        select ledger.session_is_live(
                            p_caller_id => :user, p_session_id => :session, p_session_epoch => :epoch)
                        """)
                .bind("user", caller.user())
                .bind("session", caller.session())
                .bind("epoch", caller.epoch())
                .mapTo(Boolean.class)
                .one());
        if (!isLive) {
            throw new LedgerProblem.SessionRevoked().asException();
        }
    }

    /** Ends one session; to end an ended one changes nothing. */
    public void revoke(SessionId session, UserId user) {
        statements.run(handle -> handle.createQuery("""
                        select ledger.revoke_session(p_session_id => :session, p_user_id => :user, p_at => :at)
                        """)
                .bind("session", session)
                .bind("user", user)
                .bind("at", clock.instant())
                .mapTo(String.class)
                .list());
    }

    /**
     * Ends every session of a person: tokens made before carry an older epoch. @return the new epoch; empty without
     * wallet
     */
    public Optional<Integer> revokeAll(UserId user) {
        return statements.run(handle -> handle.createQuery("""
                        select epoch
                        from ledger.raise_session_epoch(p_user_id => :user, p_at => :at) epoch
                        where epoch is not null
                        """)
                .bind("user", user)
                .bind("at", clock.instant())
                .mapTo(Integer.class)
                .findOne());
    }

    /** The epoch that a new token must carry. @return empty when the person has no wallet */
    public Optional<Integer> epoch(UserId user) {
        return statements.run(handle -> handle.createQuery(EPOCH)
                .bind("user", user)
                .mapTo(Integer.class)
                .findOne());
    }

    /**
     * Forgets sessions ended so long ago that no token of theirs can be alive.
     *
     * @param before ended before that moment
     * @param countMax at most so many
     * @return how many
     */
    public long forget(Instant before, int countMax) {
        return statements.run(handle -> handle.createQuery("""
                        select ledger.forget_revoked_sessions(p_before => :before, p_count_max => :count_max)
                        """)
                .bind("before", before)
                .bind("count_max", countMax)
                .mapTo(Long.class)
                .one());
    }
}

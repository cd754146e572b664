package tg.ecom.auth;

import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.UserId;
import tg.ecom.ledger.Sessions;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;
import tg.ecom.platform.NoContent;

/** POST /api/auth/logout: ends the caller's session, or all of theirs. From then on its tokens move no money. */
public final class Logout extends ApiFunction<Logout.Request, NoContent> {
    /** Whether all of them. */
    public record Request(boolean all) {}

    private final Sessions ledgerSessions = new Sessions(database(), clock());

    /** For everybody who is signed in. */
    public Logout() {
        super(Access.SIGNED_IN);
    }

    @Override
    protected NoContent handle(Caller caller, Request request) {
        database().transact(transaction -> {
            if (request.all()) {
                ledgerSessions.within(transaction).requireLive(caller);
                awaitOtherSignIns(transaction, caller.user());
            }
            int ended = transaction
                    .createUpdate("""
                            update auth.sessions
                            set revoked_at = :now
                            where user_id = :user and revoked_at is null and (:all or id = :session)
                            """)
                    .bind("now", clock().instant())
                    .bind("user", caller.user())
                    .bind("all", request.all())
                    .bind("session", caller.session())
                    .execute();
            Sessions sessions = ledgerSessions.within(transaction);
            if (request.all()) {
                sessions.revokeAll(caller.user());
            } else {
                sessions.revoke(caller.session(), caller.user());
            }
            return ended;
        });
        return new NoContent();
    }

    /** Signing in changes this row too: whoever does it now is either among the ended, or begins after them. */
    private static void awaitOtherSignIns(Handle transaction, UserId user) {
        transaction
                .createQuery("select user_id from auth.user_auth where user_id = :user for update")
                .bind("user", user)
                .mapTo(UserId.class)
                .findOne();
    }
}

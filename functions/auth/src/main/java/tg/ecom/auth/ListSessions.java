package tg.ecom.auth;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import tg.ecom.kernel.SessionId;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;

/** GET /api/auth/sessions: on which devices the caller is signed in, the one used last first. */
public final class ListSessions extends ApiFunction<ListSessions.Request, ListSessions.Answer> {
    private static final int SESSIONS_MAX = 100;

    /** Nothing is asked but who asks. */
    public record Request() {}

    /** The sessions that have not ended. */
    public record Answer(List<Session> items) {}

    /** A device; the one that asks is the current one. */
    public record Session(SessionId id, String device, Instant createdAt, Instant lastUsedAt, boolean current) {}

    /** For everybody who is signed in. */
    public ListSessions() {
        super(Access.SIGNED_IN);
    }

    @Override
    protected Answer handle(Caller caller, Request request) {
        return new Answer(database()
                .call(handle -> handle.createQuery("""
                        select id, device, created_at, last_used_at
                        from auth.sessions
                        where user_id = :user and revoked_at is null and expires_at > :now
                        order by last_used_at desc
                        limit :count_max
                        """)
                        .bind("user", caller.user())
                        .bind("now", clock().instant())
                        .bind("count_max", SESSIONS_MAX)
                        .map((row, context) -> {
                            SessionId id = new SessionId(row.getObject("id", UUID.class));
                            return new Session(
                                    id,
                                    row.getString("device"),
                                    row.getObject("created_at", OffsetDateTime.class)
                                            .toInstant(),
                                    row.getObject("last_used_at", OffsetDateTime.class)
                                            .toInstant(),
                                    id.equals(caller.session()));
                        })
                        .list()));
    }
}

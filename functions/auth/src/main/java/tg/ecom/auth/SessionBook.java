package tg.ecom.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.SessionId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.ledger.Sessions;
import tg.ecom.platform.AccessToken;
import tg.ecom.platform.KeyedHash;
import tg.ecom.platform.Surroundings;

/**
 * The signed-in devices: opens sessions, continues them by their refresh tokens, and ends them, here and in the ledger,
 * so that an ended one moves no money. A spent refresh token that comes again ends its session: somebody else has a
 * copy.
 */
final class SessionBook {
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** For whoever looks into what happened to an account. */
    private static final Duration ENDED_KEPT = Duration.ofDays(30);

    private static final int FORGOTTEN_AT_ONCE_MAX = 10;

    private final KeyedHash hash;
    private final AccessTokens tokens;
    private final Sessions ledgerSessions;
    private final InstantSource clock;

    SessionBook(Surroundings surroundings) {
        this.hash = surroundings.keyedHash();
        this.tokens = new AccessTokens(surroundings);
        this.ledgerSessions = new Sessions(surroundings.database(), surroundings.clock());
        this.clock = surroundings.clock();
    }

    /** Signs somebody in on a device, and forgets a few sessions of theirs that ended long ago. */
    TokenPair open(Handle transaction, UserId user, UserType type, String device) {
        Instant now = clock.instant();
        SessionId session = new SessionId(Uuid7.next(clock));
        RefreshToken refresh = RefreshToken.first(session, hash);
        transaction
                .createUpdate("""
                        with forgotten as (
                            delete from auth.sessions
                            where id = any (array(
                                select id
                                from auth.sessions
                                where user_id = :user and least(revoked_at, expires_at) < :before
                                limit :count_max)))
                        insert into auth.sessions (
                            id, user_id, device, current_hash, rotated_at, created_at, last_used_at, expires_at)
                        values (:id, :user, :device, :hash, :now, :now, :now, :expires_at)
                        """)
                .bind("id", session)
                .bind("user", user)
                .bind("device", device)
                .bind("hash", refresh.hashed(hash))
                .bind("now", now)
                .bind("expires_at", now.plus(TokenPair.REFRESH_LIFE))
                .bind("before", now.minus(ENDED_KEPT))
                .bind("count_max", FORGOTTEN_AT_ONCE_MAX)
                .execute();
        transaction
                .createUpdate("update auth.user_auth set last_login = :now where user_id = :user")
                .bind("now", now)
                .bind("user", user)
                .execute();
        return pair(transaction, user, type, refresh, now);
    }

    /** Continues a session. @return empty when the token does not; the session of one that was spent is then ended */
    Optional<TokenPair> refresh(Handle transaction, String text) {
        Optional<RefreshToken> presented = RefreshToken.parse(text, hash);
        Optional<Row> row = presented.flatMap(token -> locked(transaction, token.session()));
        if (row.isEmpty()) {
            return Optional.empty();
        }
        RefreshToken token = presented.get();
        Instant now = clock.instant();
        byte[] hashed = token.hashed(hash);
        if (Arrays.equals(hashed, row.get().currentHash)) {
            return row.get().expiresAt.isAfter(now)
                    ? Optional.of(rotate(transaction, row.get(), token, now))
                    : Optional.empty();
        }
        boolean answerWasLost = Arrays.equals(hashed, row.get().previousHash)
                && !row.get().rotatedAt.plus(GRACE).isBefore(now);
        if (answerWasLost) {
            return Optional.of(pair(transaction, row.get().user, row.get().type, token.successor(hash), now));
        }
        end(transaction, token.session(), row.get().user);
        return Optional.empty();
    }

    /** Ends one session of somebody; one that is another's, or has ended, is left alone. */
    void end(Handle transaction, SessionId session, UserId user) {
        int ended = transaction
                .createUpdate("""
                        update auth.sessions
                        set revoked_at = :now
                        where id = :session and user_id = :user and revoked_at is null
                        """)
                .bind("now", clock.instant())
                .bind("session", session)
                .bind("user", user)
                .execute();
        if (ended > 0) {
            ledgerSessions.within(transaction).revoke(session, user);
        }
    }

    private TokenPair rotate(Handle transaction, Row row, RefreshToken token, Instant now) {
        RefreshToken successor = token.successor(hash);
        transaction
                .createUpdate("""
                        update auth.sessions
                        set previous_hash = current_hash, current_hash = :hash, rotated_at = :now, last_used_at = :now,
                            expires_at = :expires_at
                        where id = :session
                        """)
                .bind("hash", successor.hashed(hash))
                .bind("now", now)
                .bind("expires_at", now.plus(TokenPair.REFRESH_LIFE))
                .bind("session", token.session())
                .execute();
        return pair(transaction, row.user, row.type, successor, now);
    }

    private TokenPair pair(Handle transaction, UserId user, UserType type, RefreshToken refresh, Instant now) {
        int epoch = ledgerSessions
                .within(transaction)
                .epoch(user)
                .orElseThrow(() -> new IllegalStateException("user " + user + " has no wallet"));
        AccessToken access =
                new AccessToken(user, type.roles(), refresh.session(), epoch, now.plus(TokenPair.ACCESS_LIFE));
        return TokenPair.of(tokens.access(access, now), refresh);
    }

    private static Optional<Row> locked(Handle transaction, SessionId session) {
        return transaction
                .createQuery("""
                        select s.user_id, u.user_type, s.current_hash, s.previous_hash, s.rotated_at, s.expires_at
                        from auth.sessions s
                        join auth.users u on u.id = s.user_id
                        where s.id = :session and s.revoked_at is null and u.status <> 'suspended'
                        for update of s
                        """)
                .bind("session", session)
                .map((row, context) -> new Row(
                        new UserId(row.getObject("user_id", UUID.class)),
                        UserType.of(row.getString("user_type")),
                        row.getBytes("current_hash"),
                        row.getBytes("previous_hash"),
                        row.getObject("rotated_at", java.time.OffsetDateTime.class)
                                .toInstant(),
                        row.getObject("expires_at", java.time.OffsetDateTime.class)
                                .toInstant()))
                .findOne();
    }

    private record Row(
            UserId user,
            UserType type,
            byte[] currentHash,
            byte[] previousHash,
            Instant rotatedAt,
            Instant expiresAt) {}
}

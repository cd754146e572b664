package tg.ecom.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Counts log-ins by phone until one succeeds. A try is counted before its password is looked at, so that parallel tries
 * get no more than five; phones without an account are counted like the others.
 */
final class LoginFailures {
    private static final int FAILURES_MAX = 5;
    private static final Duration LOCKED_FOR = Duration.ofMinutes(15);
    private static final int FORGOTTEN_AT_ONCE_MAX = 10;

    /** One array of keys, and not "or", which would read the whole table. */
    static final String FORGET = """
            delete from auth.login_failures
            where phone_hash = any (cast(:phone_hash as bytea) || array(
                select phone_hash
                from auth.login_failures
                where updated_at < :before
                order by updated_at
                limit :count_max
                for update skip locked))
            """;

    private LoginFailures() {}

    /** Counts a try. @throws tg.ecom.kernel.ProblemException {@link AuthProblem.Locked} when there were five */
    static void take(Handle handle, byte[] phoneHash, Instant now) {
        boolean taken = handle.createUpdate("""
                                insert into auth.login_failures as f (phone_hash, failed_attempts, updated_at)
                                values (:phone_hash, 1, :now)
                                on conflict (phone_hash) do update
                                set
                                    failed_attempts = case
                                        when f.updated_at <= :before then 1
                                        else f.failed_attempts + 1 end,
                                    locked_until = case
                                        when f.updated_at > :before and f.failed_attempts + 1 >= :failures_max
                                        then cast(:locked_until as timestamptz) end,
                                    updated_at = :now
                                where f.locked_until is null or f.locked_until <= :now
                                """)
                        .bind("phone_hash", phoneHash)
                        .bind("now", now)
                        .bind("before", now.minus(LOCKED_FOR))
                        .bind("locked_until", now.plus(LOCKED_FOR))
                        .bind("failures_max", FAILURES_MAX)
                        .execute()
                > 0;
        if (!taken) {
            Instant until = lockedUntil(handle, phoneHash).orElse(now.plus(LOCKED_FOR));
            throw new AuthProblem.Locked(Duration.between(now, until)).asException();
        }
    }

    /** Forgets the failures of a phone that signed in, and a few others that matter no more. */
    static void forget(Handle handle, byte[] phoneHash, Instant now) {
        handle.createUpdate(FORGET)
                .bind("phone_hash", phoneHash)
                .bind("before", now.minus(LOCKED_FOR.multipliedBy(2)))
                .bind("count_max", FORGOTTEN_AT_ONCE_MAX)
                .execute();
    }

    private static Optional<Instant> lockedUntil(Handle handle, byte[] phoneHash) {
        return handle.createQuery("select locked_until from auth.login_failures where phone_hash = :phone_hash")
                .bind("phone_hash", phoneHash)
                .map((row, context) -> row.getObject(1, OffsetDateTime.class))
                .findOne()
                .map(OffsetDateTime::toInstant);
    }
}

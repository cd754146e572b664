package tg.ecom.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.ProblemException;
import tg.ecom.platform.TokenVerifier;

/** Says that somebody has a phone, for one purpose, for 10 minutes and once. */
final class VerificationTokens {
    static final Duration LIFE = Duration.ofMinutes(10);
    private static final int FORGOTTEN_AT_ONCE_MAX = 10;
    private static final String TYPE = "verification+jwt";
    private static final String AUDIENCE = "ecom-verification";

    private VerificationTokens() {}

    /** What a token says. */
    record Verified(Phone phone, UUID jti) {
        /**
         * Uses it up, in the transaction that it authorises, and forgets a few that are dead anyway.
         *
         * @throws ProblemException when it was used before
         */
        void use(Handle transaction, Instant now) {
            int used = transaction
                    .createUpdate("""
                            with forgotten as (
                                delete from auth.used_verification_tokens
                                where jti = any (array(
                                    select jti
                                    from auth.used_verification_tokens
                                    where used_at < :before
                                    order by used_at
                                    limit :count_max
                                    for update skip locked)))
                            insert into auth.used_verification_tokens (jti, used_at)
                            values (:jti, :now)
                            on conflict do nothing
                            """)
                    .bind("jti", jti)
                    .bind("now", now)
                    .bind("before", now.minus(LIFE.multipliedBy(2)))
                    .bind("count_max", FORGOTTEN_AT_ONCE_MAX)
                    .execute();
            if (used == 0) {
                throw new AuthProblem.VerificationTokenInvalid().asException();
            }
        }
    }

    static String issue(AccessTokens tokens, Phone phone, VerificationType type, InstantSource clock) {
        Instant now = clock.instant();
        JWTClaimsSet claims = tokens.claims(AUDIENCE, now, now.plus(LIFE))
                .subject(phone.e164())
                .claim("purpose", type.name())
                .jwtID(UUID.randomUUID().toString())
                .build();
        return tokens.sign(TYPE, claims);
    }

    /** Reads a token. @throws ProblemException when it does not say that for this purpose */
    static Verified read(TokenVerifier verifier, String token, VerificationType type) {
        try {
            JWTClaimsSet claims = verifier.claims(token, TYPE, AUDIENCE);
            if (type.name().equals(claims.getStringClaim("purpose"))) {
                return new Verified(Phone.of(claims.getSubject()), UUID.fromString(claims.getJWTID()));
            }
        } catch (ProblemException | ParseException | IllegalArgumentException notValid) {
            // Said below: why it is not valid helps only who made it up.
        }
        throw new AuthProblem.VerificationTokenInvalid().asException();
    }
}

package tg.ecom.platform;

import java.time.Instant;
import java.util.Set;
import tg.ecom.kernel.SessionId;
import tg.ecom.kernel.UserId;

/**
 * What an access token says (RFC 9068, ES256).
 *
 * @param user claim {@code sub}
 * @param roles claim {@code roles}
 * @param session claim {@code sid}
 * @param epoch claim {@code epoch}: the session epoch of the person's wallet when the token was made
 * @param expiresAt claim {@code exp}
 */
public record AccessToken(UserId user, Set<Role> roles, SessionId session, int epoch, Instant expiresAt) {
    /** The header's {@code typ}, so that no other token of ours passes for this one. */
    public static final String TYPE = "at+jwt";

    /** Claim {@code aud}. */
    public static final String AUDIENCE = "ecom";

    public AccessToken {
        roles = Set.copyOf(roles);
    }
}

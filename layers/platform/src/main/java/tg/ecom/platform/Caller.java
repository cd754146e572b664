package tg.ecom.platform;

import java.util.Optional;
import java.util.Set;
import tg.ecom.kernel.SessionId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.WalletId;

/**
 * The person signed in, as the access token says.
 *
 * @param user who
 * @param roles what they may be
 * @param session the session of the token
 * @param epoch the wallet's session epoch when the token was made; a posting refuses an older one
 * @param visitor from where
 * @param key the idempotency key, of operations that need one
 */
public record Caller(
        UserId user, Set<Role> roles, SessionId session, int epoch, Visitor visitor, Optional<IdempotencyKey> key) {

    /** The person's own wallet. */
    public WalletId wallet() {
        return new WalletId(user.value());
    }

    /** The key of this attempt. @throws IllegalStateException when the contract asks for none at this operation */
    public IdempotencyKey idempotencyKey() {
        return key.orElseThrow(() -> new IllegalStateException("this operation takes no Idempotency-Key"));
    }
}

package tg.ecom.auth;

import tg.ecom.platform.PublicFunction;
import tg.ecom.platform.Visitor;

/** POST /api/auth/refresh: continues a session by its refresh token, which is good once. */
public final class Refresh extends PublicFunction<Refresh.Request, TokenPair> {
    /** The token. */
    public record Request(String refreshToken) {
        @Override
        public String toString() {
            return "refresh";
        }
    }

    private final SessionBook sessions = new SessionBook(surroundings());

    /** Signs tokens. */
    public Refresh() {
        super(SigningSettings.class);
    }

    @Override
    protected TokenPair handle(Visitor visitor, Request request) {
        // Refused only after the commit: a spent token has ended its session by then.
        return database()
                .transact(transaction -> sessions.refresh(transaction, request.refreshToken()))
                .orElseThrow(() -> new AuthProblem.RefreshTokenInvalid().asException());
    }
}

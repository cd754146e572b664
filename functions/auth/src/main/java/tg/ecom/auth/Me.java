package tg.ecom.auth;

import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;
import tg.ecom.platform.CommonProblem;
import tg.ecom.platform.VaultSettings;

/** GET /api/me: who is signed in. */
public final class Me extends ApiFunction<Me.Request, User> {
    /** Nothing is asked but who asks. */
    public record Request() {}

    private final Users users = new Users(surroundings().vault(), surroundings().keyedHash());

    /** For everybody who is signed in; decrypts what is sensitive. */
    public Me() {
        super(Access.SIGNED_IN, VaultSettings.class);
    }

    @Override
    protected User handle(Caller caller, Request request) {
        return database()
                .call(handle -> users.find(handle, caller.user()))
                .orElseThrow(() -> new CommonProblem.NotFound().asException());
    }
}

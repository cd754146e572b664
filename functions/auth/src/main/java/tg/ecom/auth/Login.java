package tg.ecom.auth;

import java.util.Optional;
import tg.ecom.kernel.Phone;
import tg.ecom.platform.PublicFunction;
import tg.ecom.platform.Visitor;

/**
 * POST /api/auth/login: signs in by password. A phone that nobody has costs the same work, gets the same answer and
 * locks after the same number of tries as a wrong password.
 */
public final class Login extends PublicFunction<Login.Request, TokenPair> {
    /** Who says to be whom. */
    public record Request(Phone phone, String password) {
        @Override
        public String toString() {
            return "log-in";
        }
    }

    private final SessionBook sessions = new SessionBook(surroundings());

    /** Signs tokens. */
    public Login() {
        super(SigningSettings.class);
    }

    @Override
    protected TokenPair handle(Visitor visitor, Request request) {
        byte[] phoneHash =
                surroundings().keyedHash().of("login-phone", request.phone().e164());
        database().transact(transaction -> {
            LoginFailures.take(transaction, phoneHash, clock().instant());
            return true;
        });
        Optional<Account> account = database().call(handle -> Account.ofPhone(handle, request.phone()));
        if (!Passwords.fits(request.password(), account.map(Account::passwordHash))) {
            throw new AuthProblem.WrongCredentials().asException();
        }
        Account usable = account.orElseThrow().usable();
        return database().transact(transaction -> {
            LoginFailures.forget(transaction, phoneHash, clock().instant());
            return sessions.open(transaction, usable.user(), usable.type(), visitor.device());
        });
    }
}

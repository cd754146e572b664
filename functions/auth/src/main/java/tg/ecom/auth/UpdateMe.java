package tg.ecom.auth;

import java.util.Optional;
import tg.ecom.kernel.DisplayName;
import tg.ecom.kernel.Language;
import tg.ecom.ledger.Directory;
import tg.ecom.ledger.PhoneHash;
import tg.ecom.ledger.Sessions;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;
import tg.ecom.platform.CommonProblem;
import tg.ecom.platform.VaultSettings;

/** PATCH /api/me: changes names or language; who pays the person sees the new name at once. */
public final class UpdateMe extends ApiFunction<UpdateMe.Request, User> {
    /** What changes; the rest stays. */
    public record Request(Optional<String> firstName, Optional<String> lastName, Optional<Language> language) {}

    private final Users users = new Users(surroundings().vault(), surroundings().keyedHash());
    private final ContactNews.Teller contacts =
            new ContactNews.Teller(surroundings().vault(), clock());
    private final Sessions sessions = new Sessions(database(), clock());
    private final Directory directory =
            new Directory(database(), PhoneHash.keyed(surroundings().keyedHash()), clock());

    /** For everybody who is signed in, and still is; decrypts what is sensitive. */
    public UpdateMe() {
        super(Access.SIGNED_IN, VaultSettings.class);
    }

    @Override
    protected User handle(Caller caller, Request request) {
        return database().transact(transaction -> {
            sessions.within(transaction).requireLive(caller);
            User user = users.update(
                            transaction,
                            caller.user(),
                            request.firstName().map(String::strip),
                            request.lastName().map(String::strip),
                            request.language(),
                            clock().instant())
                    .orElseThrow(() -> new CommonProblem.NotFound().asException());
            if (request.language().isPresent()) {
                contacts.tell(transaction, "user.updated", user);
            }
            directory.within(transaction).rename(user.id(), DisplayName.masked(user.firstName(), user.lastName()));
            return user;
        });
    }
}

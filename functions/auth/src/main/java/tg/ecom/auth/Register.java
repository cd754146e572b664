package tg.ecom.auth;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.DisplayName;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.ledger.Directory;
import tg.ecom.ledger.PhoneHash;
import tg.ecom.platform.ApiSettings;
import tg.ecom.platform.CommonProblem;
import tg.ecom.platform.PublicFunction;
import tg.ecom.platform.TokenVerifier;
import tg.ecom.platform.VaultSettings;
import tg.ecom.platform.Visitor;

/**
 * POST /api/auth/register: makes an account for whoever has the phone, and opens the wallet in the same transaction.
 */
public final class Register extends PublicFunction<Register.Request, Register.Answer> {
    /** Who they are. */
    public record Request(
            String verificationToken,
            String firstName,
            String lastName,
            String password,
            UserType userType,
            Optional<String> email,
            Optional<LocalDate> dateOfBirth,
            Optional<Language> language,
            Consents consents) {
        @Override
        public String toString() {
            return "registration";
        }
    }

    /** What they agree to; without the first two the contract takes no registration. */
    public record Consents(boolean terms, boolean privacy, Optional<Boolean> marketing) {}

    /** The account, signed in. */
    public record Answer(User user, TokenPair tokens) {}

    private final TokenVerifier verifier =
            new TokenVerifier(surroundings().secrets(), surroundings().settings(ApiSettings.class), clock());
    private final Users users = new Users(surroundings().vault(), surroundings().keyedHash());
    private final ContactNews.Teller contacts =
            new ContactNews.Teller(surroundings().vault(), clock());
    private final SessionBook sessions = new SessionBook(surroundings());
    private final Directory directory =
            new Directory(database(), PhoneHash.keyed(surroundings().keyedHash()), clock());

    /** Signs tokens and encrypts what is sensitive. */
    public Register() {
        super(SigningSettings.class, VaultSettings.class);
    }

    @Override
    protected Answer handle(Visitor visitor, Request request) {
        VerificationTokens.Verified verified =
                VerificationTokens.read(verifier, request.verificationToken(), VerificationType.REGISTRATION);
        requirePast(request.dateOfBirth(), visitor.language());
        User user = new User(
                new UserId(Uuid7.next(clock())),
                verified.phone(),
                request.email(),
                request.firstName().strip(),
                request.lastName().strip(),
                request.dateOfBirth(),
                request.userType(),
                User.Status.ACTIVE,
                request.language().orElse(visitor.language()),
                true,
                false,
                clock().instant());
        String passwordHash = Passwords.hash(request.password());
        return database().transact(transaction -> {
            verified.use(transaction, user.createdAt());
            users.insert(transaction, user);
            insertPassword(transaction, user.id(), passwordHash, user.createdAt());
            insertConsents(transaction, user.id(), request.consents(), user.createdAt());
            directory
                    .within(transaction)
                    .register(user.id(), user.phone(), DisplayName.masked(user.firstName(), user.lastName()));
            contacts.tell(transaction, "user.registered", user);
            return new Answer(user, sessions.open(transaction, user.id(), user.userType(), visitor.device()));
        });
    }

    private void requirePast(Optional<LocalDate> dateOfBirth, Language language) {
        // Lomé's time is UTC.
        LocalDate today = LocalDate.ofInstant(clock().instant(), ZoneOffset.UTC);
        if (dateOfBirth.filter(today::isBefore).isPresent()) {
            String message = switch (language) {
                case FRENCH -> "cette date est à venir";
                case ENGLISH -> "this date is to come";
            };
            throw CommonProblem.Unacceptable.field("date_of_birth", message).asException();
        }
    }

    private static void insertPassword(Handle transaction, UserId user, String hash, Instant now) {
        transaction
                .createUpdate("""
                        insert into auth.user_auth (user_id, password_hash, created_at)
                        values (:user, :hash, :now)
                        """)
                .bind("user", user)
                .bind("hash", hash)
                .bind("now", now)
                .execute();
    }

    private static void insertConsents(Handle transaction, UserId user, Consents consents, Instant now) {
        transaction
                .createUpdate("""
                        insert into auth.consents (user_id, purpose, given, decided_at)
                        values
                            (:user, 'terms', :terms, :now),
                            (:user, 'privacy', :privacy, :now),
                            (:user, 'marketing', :marketing, :now)
                        """)
                .bind("user", user)
                .bind("terms", consents.terms())
                .bind("privacy", consents.privacy())
                .bind("marketing", consents.marketing().orElse(false))
                .bind("now", now)
                .execute();
    }
}

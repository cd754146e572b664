package tg.ecom.auth;

import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import tg.ecom.kernel.Phone;
import tg.ecom.platform.PublicFunction;
import tg.ecom.platform.Visitor;

/**
 * POST /api/auth/verify-otp: takes a code for proof that somebody has the phone, and signs them in if that is what it
 * was for.
 */
public final class VerifyOtp extends PublicFunction<VerifyOtp.Request, VerifyOtp.Answer> {
    /** Which code was sent, and what was typed in. */
    public record Request(UUID verificationId, String code) {
        @Override
        public String toString() {
            return "try of code " + verificationId;
        }
    }

    /** The tokens of somebody signed in, or what says that the phone was verified. */
    public record Answer(Optional<String> verificationToken, Optional<Integer> expiresInS, Optional<TokenPair> tokens) {
        @Override
        public String toString() {
            return "verification";
        }
    }

    private final Codes codes =
            new Codes(surroundings().aws().client("DYNAMODB", DynamoDbClient.builder()), surroundings());
    private final SessionBook sessions = new SessionBook(surroundings());
    private final AccessTokens tokens = new AccessTokens(surroundings());

    /** Needs the table of codes, and signs tokens. */
    public VerifyOtp() {
        super(VerificationsSettings.class, SigningSettings.class);
    }

    @Override
    protected Answer handle(Visitor visitor, Request request) {
        Codes.Proof proof = codes.verify(request.verificationId(), request.code());
        return switch (proof.type()) {
            case LOGIN -> new Answer(Optional.empty(), Optional.empty(), Optional.of(signIn(proof.phone(), visitor)));
            case REGISTRATION, PASSWORD_RESET ->
                new Answer(
                        Optional.of(VerificationTokens.issue(tokens, proof.phone(), proof.type(), clock())),
                        Optional.of((int) VerificationTokens.LIFE.toSeconds()),
                        Optional.empty());
        };
    }

    private TokenPair signIn(Phone phone, Visitor visitor) {
        return database().transact(transaction -> {
            Account account = Account.ofPhone(transaction, phone)
                    .orElseThrow(() -> new AuthProblem.AccountUnknown().asException())
                    .usable();
            return sessions.open(transaction, account.user(), account.type(), visitor.device());
        });
    }
}

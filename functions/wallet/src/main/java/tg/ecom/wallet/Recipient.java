package tg.ecom.wallet;

import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import tg.ecom.kernel.Phone;
import tg.ecom.ledger.Directory;
import tg.ecom.ledger.Holder;
import tg.ecom.ledger.PhoneHash;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;
import tg.ecom.platform.LimitsSettings;
import tg.ecom.platform.RateLimit;

/**
 * GET /api/wallet/recipients: the masked name of who would be paid, so that a wrong number is seen before the money
 * goes. Counted by caller, so that nobody learns by asking who has an account.
 */
public final class Recipient extends ApiFunction<Recipient.Request, Recipient.Answer> {
    private static final int LOOKUPS_AN_HOUR_MAX = 60;
    private static final Duration HOUR = Duration.ofHours(1);

    /** Whom. */
    public record Request(Phone phone) {}

    /** How they are shown. */
    public record Answer(Phone phone, String name) {}

    private final Directory directory =
            new Directory(database(), PhoneHash.keyed(surroundings().keyedHash()), clock());
    private final RateLimit limit = new RateLimit(
            surroundings().aws().client("DYNAMODB", DynamoDbClient.builder()),
            surroundings().settings(LimitsSettings.class),
            clock());

    /** For everybody who is signed in. */
    public Recipient() {
        super(Access.SIGNED_IN, LimitsSettings.class);
    }

    @Override
    protected Answer handle(Caller caller, Request request) {
        limit.take("recipients/" + caller.user(), LOOKUPS_AN_HOUR_MAX, HOUR);
        Holder holder =
                directory.find(request.phone()).orElseThrow(() -> new WalletProblem.RecipientUnknown().asException());
        return new Answer(request.phone(), holder.displayName());
    }
}

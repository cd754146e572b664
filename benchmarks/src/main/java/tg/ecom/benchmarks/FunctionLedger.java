package tg.ecom.benchmarks;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.SessionId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.Ledger;
import tg.ecom.ledger.Posting;
import tg.ecom.ledger.TransactionQuery;
import tg.ecom.local.parts.PostgresServer;
import tg.ecom.platform.Caller;
import tg.ecom.platform.DatabaseSettings;
import tg.ecom.platform.FunctionRuntime;
import tg.ecom.platform.IdempotencyKey;
import tg.ecom.platform.Role;
import tg.ecom.platform.Surroundings;
import tg.ecom.platform.Visitor;

/** The ledger as a function of wallet has it: the layers' code, on a connection of its own. */
final class FunctionLedger {
    /** As many as the API gives on a page unless it is asked for another number. */
    static final int PAGE = 20;

    private static final Money FRANC = new Money(1);
    private static final String BODY_HASH = "00".repeat(32);

    static {
        // The log-in token is signed as in the cloud; nobody checks it here.
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local");
    }

    private final InstantSource clock;
    private final Ledger ledger;
    private final SessionId session;

    /** Over a database of that server, at a clock's time. It connects at the first use. */
    FunctionLedger(PostgresServer server, String database, InstantSource clock) {
        this.clock = clock;
        this.ledger = new Ledger(surroundings(server, database, clock).database(), clock);
        this.session = new SessionId(Uuid7.next(clock));
    }

    Ledger ledger() {
        return ledger;
    }

    /** One pays another a franc. @throws tg.ecom.kernel.ProblemException when it is refused */
    void transfer(UUID from, UUID to) {
        ledger.post(Posting.transfer(new WalletId(from), new WalletId(to), FRANC), caller(new UserId(from)))
                .orThrow();
    }

    /** Reads somebody's balance. */
    void readBalance(UUID wallet) {
        if (ledger.balance(new WalletId(wallet)).isEmpty()) {
            throw new BenchmarkFailure("Nobody has the wallet " + wallet + ".");
        }
    }

    /** Reads the newest page of somebody's transactions. */
    void readStatement(UUID wallet) {
        int found = ledger.transactions(TransactionQuery.newest(new WalletId(wallet), PAGE))
                .items()
                .size();
        if (found != PAGE) {
            throw new BenchmarkFailure("The page of " + wallet + " has " + found + " transactions.");
        }
    }

    private Caller caller(UserId user) {
        return new Caller(
                user,
                Set.of(Role.CLIENT),
                session,
                0,
                new Visitor(Language.FRENCH, "127.0.0.1", "bench"),
                Optional.of(
                        new IdempotencyKey(user, "transfer", Uuid7.next(clock).toString(), BODY_HASH)));
    }

    private static Surroundings surroundings(PostgresServer server, String database, InstantSource clock) {
        Map<String, String> environment = Map.of(
                "ECOM_DATABASE_HOST",
                server.host(),
                "ECOM_DATABASE_PORT",
                Integer.toString(server.port()),
                "ECOM_DATABASE_NAME",
                database,
                "ECOM_DATABASE_USER",
                "ecom_wallet",
                "ECOM_DATABASE_SSL_MODE",
                "disable");
        try {
            return FunctionRuntime.within(environment, clock, () -> new Surroundings(List.of(DatabaseSettings.class)));
        } catch (Exception failed) {
            throw new IllegalStateException("the settings are wrong", failed);
        }
    }
}

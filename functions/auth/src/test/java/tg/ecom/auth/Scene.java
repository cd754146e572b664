package tg.ecom.auth;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.ledger.Directory;
import tg.ecom.ledger.PhoneHash;
import tg.ecom.platform.ApiSettings;
import tg.ecom.platform.DatabaseSettings;
import tg.ecom.platform.FunctionRuntime;
import tg.ecom.platform.HashingSettings;
import tg.ecom.platform.LimitsSettings;
import tg.ecom.platform.StageSettings;
import tg.ecom.platform.Surroundings;
import tg.ecom.platform.VaultSettings;
import tg.ecom.platform.Visitor;
import tg.ecom.testing.PostgresServer;
import tg.ecom.testing.SettableClock;

/** What stands around auth's code in a test: real PostgreSQL and DynamoDB, AWS's edge, settings, and a clock. */
final class Scene implements AutoCloseable {
    static final String SIGNING_KEYS = "ECOM_SIGNING_KEYS_SECRET";
    static final String PUBLIC_KEYS = "ECOM_PUBLIC_KEYS_SECRET";
    static final String VERIFICATIONS = "ECOM_VERIFICATIONS_TABLE";
    static final String LIMITS = "ECOM_LIMITS_TABLE";
    private static final String COUNTRIES = "ECOM_SERVED_COUNTRY_CODES";
    private static final String PER_PHONE = "ECOM_CODES_PER_PHONE_MAX";
    private static final String PER_ADDRESS = "ECOM_CODES_PER_ADDRESS_MAX";
    static final String ENCRYPTION_KEY = "ECOM_ENCRYPTION_KEY";
    static final Visitor VISITOR = new Visitor(Language.FRENCH, "203.0.113.7", "Ecom/1.0");
    static final String PASSWORD_HASH = "$2b$12$not.a.hash";

    private static final AtomicInteger PHONES = new AtomicInteger(90_000_000);

    private final SettableClock clock = new SettableClock();
    private final CloudServer cloud = new CloudServer();
    private final String database = PostgresServer.newDatabase();
    private final Map<String, String> own = Map.of(
            SIGNING_KEYS,
            "signing-keys",
            VERIFICATIONS,
            "verifications-" + database,
            LIMITS,
            "limits-" + database,
            ENCRYPTION_KEY,
            "key",
            COUNTRIES,
            "228,229",
            PER_PHONE,
            "10",
            PER_ADDRESS,
            "30");

    Scene() {
        JWKSet keys = RotateSigningKeys.next(Optional.empty(), clock.instant());
        cloud.secrets().set("signing-keys", keys.toString(false));
        cloud.secrets().set("public-keys", keys.toPublicJWKSet().toString());
        cloud.secrets().set("hashing-key", "what keyed hashes are derived from");
    }

    SettableClock clock() {
        return clock;
    }

    CloudServer cloud() {
        return cloud;
    }

    /** Statements as the server's superuser. */
    Jdbi superuser() {
        return PostgresServer.superuser(database);
    }

    long count(String table) {
        return superuser()
                .withHandle(handle -> handle.createQuery("select count(*) from " + table)
                        .mapTo(Long.class)
                        .one());
    }

    /** The surroundings of an instance of its own, with a connection of its own, that may do everything. */
    Surroundings surroundings() {
        return made(
                () -> new Surroundings(List.of(
                        StageSettings.class,
                        ApiSettings.class,
                        HashingSettings.class,
                        DatabaseSettings.class,
                        SigningSettings.class,
                        VerificationsSettings.class,
                        LimitsSettings.class,
                        VaultSettings.class)),
                SIGNING_KEYS,
                VERIFICATIONS,
                LIMITS,
                ENCRYPTION_KEY);
    }

    /** An instance of a function, with the common settings and those named. */
    <T> T made(Callable<T> constructor, String... settings) {
        Map<String, String> environment = PostgresServer.settings(database, "ecom_auth");
        environment.put("ECOM_PUBLIC_BASE_URL", "https://ecom.test");
        environment.put("ECOM_ORIGIN_SECRET", "origin");
        environment.put(PUBLIC_KEYS, "public-keys");
        environment.put("ECOM_HASHING_KEY_SECRET", "hashing-key");
        for (String setting : settings) {
            environment.put(setting, own.get(setting));
        }
        return within(environment, constructor);
    }

    /** An instance that sends codes to Togo and Benin, 10 a day to a phone and 30 for an address. */
    SendOtp sendOtp() {
        return made(SendOtp::new, VERIFICATIONS, LIMITS, COUNTRIES, PER_PHONE, PER_ADDRESS);
    }

    /** An instance of the rotation, which has settings of its own. */
    RotateSigningKeys rotation() {
        Map<String, String> environment = new HashMap<>(
                Map.of("ECOM_STAGE", "test", SIGNING_KEYS, own.get(SIGNING_KEYS), PUBLIC_KEYS, "public-keys"));
        return within(environment, RotateSigningKeys::new);
    }

    /** Makes the tables of codes and counters. @return the client that made them */
    DynamoDbClient tables() {
        DynamoDbClient dynamo = surroundings().aws().client("DYNAMODB", DynamoDbClient.builder());
        for (String setting : List.of(VERIFICATIONS, LIMITS)) {
            AttributeDefinition id = AttributeDefinition.builder()
                    .attributeName("id")
                    .attributeType(ScalarAttributeType.S)
                    .build();
            KeySchemaElement key = KeySchemaElement.builder()
                    .attributeName("id")
                    .keyType(KeyType.HASH)
                    .build();
            dynamo.createTable(request -> request.tableName(own.get(setting))
                    .attributeDefinitions(id)
                    .keySchema(key)
                    .billingMode(BillingMode.PAY_PER_REQUEST));
        }
        return dynamo;
    }

    String table(String setting) {
        return own.get(setting);
    }

    static Phone newPhone() {
        return Phone.of("+228" + PHONES.incrementAndGet());
    }

    User newUser(Phone phone) {
        return new User(
                new UserId(Uuid7.next(clock)),
                phone,
                Optional.empty(),
                "Afi",
                "Mensah",
                Optional.empty(),
                UserType.CLIENT,
                User.Status.ACTIVE,
                Language.FRENCH,
                true,
                false,
                clock.instant());
    }

    /** Enters a person with a wallet, whose password nobody knows. */
    User person() {
        Surroundings around = surroundings();
        User user = newUser(newPhone());
        return around.database().transact(transaction -> {
            new Users(around.vault(), around.keyedHash()).insert(transaction, user);
            transaction.execute(
                    "insert into auth.user_auth (user_id, password_hash, created_at) values (?, ?, ?)",
                    user.id(),
                    PASSWORD_HASH,
                    user.createdAt());
            new Directory(around.database(), PhoneHash.keyed(around.keyedHash()), clock)
                    .within(transaction)
                    .register(user.id(), user.phone(), "Afi M.");
            return user;
        });
    }

    static UUID session(String refreshToken, Surroundings around) {
        return RefreshToken.parse(refreshToken, around.keyedHash())
                .orElseThrow()
                .session()
                .value();
    }

    @Override
    public void close() {
        cloud.close();
    }

    private <T> T within(Map<String, String> environment, Callable<T> constructor) {
        environment.put("AWS_ENDPOINT_URL", cloud.url());
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", DynamoServer.url());
        try {
            return FunctionRuntime.within(environment, clock, constructor);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}

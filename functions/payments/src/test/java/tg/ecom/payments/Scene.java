package tg.ecom.payments;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.SessionId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.Caller;
import tg.ecom.platform.DatabaseSettings;
import tg.ecom.platform.FunctionRuntime;
import tg.ecom.platform.IdempotencyKey;
import tg.ecom.platform.Lazy;
import tg.ecom.platform.Role;
import tg.ecom.platform.StageSettings;
import tg.ecom.platform.Surroundings;
import tg.ecom.platform.VaultSettings;
import tg.ecom.platform.Visitor;
import tg.ecom.testing.PostgresServer;
import tg.ecom.testing.SettableClock;

/** What stands around payments' code in a test: real PostgreSQL, AWS's edge, an operator, settings, and a clock. */
final class Scene implements AutoCloseable {
    static final String ENCRYPTION_KEY = "ECOM_ENCRYPTION_KEY";
    static final String QUEUE = "ECOM_QUESTIONS_QUEUE_URL";
    static final String STATE_MACHINE = "ECOM_CHARGE_STATE_MACHINE";
    static final Visitor VISITOR = new Visitor(Language.FRENCH, "203.0.113.7", "Ecom/1.0");

    private static final AtomicInteger PHONES = new AtomicInteger(90_000_000);
    private static final AtomicInteger KEYS = new AtomicInteger();
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

    private final SettableClock clock = new SettableClock();
    private final AtomicReference<Consumer<String>> failpoint = new AtomicReference<>(point -> {});
    private final CloudServer cloud = new CloudServer();
    private final FakeYas yas = new FakeYas();
    private final String database = PostgresServer.newDatabase();
    private final Lazy<Recharge> beginning = new Lazy<>(this::recharge);
    private final Lazy<Charges> asking = new Lazy<>(this::charges);
    private final Lazy<Surroundings> reading = new Lazy<>(this::around);

    Scene() {
        cloud.secret("yas", "{\"username\": \"ecom\", \"password\": \"secret\"}");
        cloud.secret("hashing-key", "what keyed hashes are derived from");
        cloud.secret("public-keys", "{\"keys\": []}");
    }

    /** What is told of each failpoint that is reached from now on. */
    void atFailpoints(Consumer<String> listener) {
        failpoint.set(listener);
    }

    SettableClock clock() {
        return clock;
    }

    CloudServer cloud() {
        return cloud;
    }

    FakeYas yas() {
        return yas;
    }

    Recharge recharge() {
        return made(Recharge::new, ENCRYPTION_KEY, STATE_MACHINE);
    }

    ReadRecharge readRecharge() {
        return made(ReadRecharge::new, ENCRYPTION_KEY);
    }

    YasWebhook webhook() {
        return made(YasWebhook::new, ENCRYPTION_KEY, QUEUE);
    }

    ChargeTasks chargeTasks() {
        Map<String, String> environment = operators();
        environment.put("ECOM_HASHING_KEY_SECRET", "hashing-key");
        return within(environment, ChargeTasks::new);
    }

    AskOperator askOperator() {
        return within(operators(), AskOperator::new);
    }

    private Map<String, String> operators() {
        Map<String, String> environment = own(ENCRYPTION_KEY, QUEUE);
        environment.put("ECOM_YAS_BASE_URL", yas.url());
        environment.put("ECOM_YAS_SECRET", "yas");
        return environment;
    }

    SweepPayments sweeper() {
        return within(own(QUEUE), SweepPayments::new);
    }

    /** An instance of its own of what asks operators, with a connection of its own. */
    Charges charges() {
        Surroundings around = around();
        return new Charges(
                around.database(), around.vault(), around.sagas(), questions(around), operator(around), clock);
    }

    Settlement settlement() {
        Surroundings around = around();
        return new Settlement(around.database(), around.sagas(), clock);
    }

    YasOperator operator() {
        return operator(around());
    }

    private YasOperator operator(Surroundings around) {
        return new YasOperator(
                new YasSettings(URI.create(yas.url()), "yas"), around.secrets(), around.failpoints(), ANSWER_TIMEOUT);
    }

    private static Questions questions(Surroundings around) {
        return new Questions(around.aws(), around.settings(QuestionsSettings.class));
    }

    /** Somebody signed in, who has a wallet and a phone. */
    Caller person() {
        UUID user = Uuid7.next(clock);
        String phone = "+228" + PHONES.incrementAndGet();
        superuser().useHandle(handle -> {
            handle.execute("""
                    insert into auth.users (id, phone, first_name, last_name, user_type, language, created_at, updated_at)
                    values (?, ?, 'Afi', 'Mensah', 'client', 'fr', '2026-11-23T08:00:00Z', '2026-11-23T08:00:00Z')
                    """, user, phone);
            handle.execute(
                    "select ledger.register_holder(?, uuid_send(?), 'Afi M.', 1::smallint, 'XOF', '2026-11-23T08:00:00Z')",
                    user,
                    user);
        });
        return new Caller(
                new UserId(user), Set.of(Role.CLIENT), new SessionId(Uuid7.next(clock)), 0, VISITOR, Optional.empty());
    }

    /** The same person with a new idempotency key. */
    static Caller attempting(Caller caller) {
        return attempting(caller, "key-" + KEYS.incrementAndGet(), "00");
    }

    static Caller attempting(Caller caller, String key, String bodyHash) {
        return new Caller(
                caller.user(),
                caller.roles(),
                caller.session(),
                caller.epoch(),
                caller.visitor(),
                Optional.of(new IdempotencyKey(caller.user(), "recharge", key, bodyHash)));
    }

    static Recharge.Request byYas(long amount) {
        return new Recharge.Request(new Money(amount), RechargeMethod.YAS, Optional.empty());
    }

    static Recharge.Request byYas(long amount, Phone phone) {
        return new Recharge.Request(new Money(amount), RechargeMethod.YAS, Optional.of(phone));
    }

    /** A recharge that has begun and of which the operator has not been asked. */
    PaymentId begun(Caller caller, long amount) {
        return beginning.get().handle(attempting(caller), byYas(amount)).rechargeId();
    }

    /** A recharge that waits for its phone's holder. */
    PaymentId asked(Caller caller, long amount) {
        PaymentId id = begun(caller, amount);
        asking.get().initiate(id);
        cloud.sent();
        return id;
    }

    Payment payment(PaymentId id) {
        return reading.get()
                .database()
                .call(handle -> Payments.find(handle, id))
                .orElseThrow();
    }

    PaymentStatus status(PaymentId id) {
        return payment(id).status();
    }

    /** The kinds of a payment's events, in their order. */
    List<String> events(PaymentId id) {
        return superuser()
                .withHandle(handle -> handle.createQuery(
                                "select kind from payments.payment_events where payment_id = ? order by sequence")
                        .bind(0, id.value())
                        .mapTo(String.class)
                        .list());
    }

    long balance(Caller caller) {
        return number(
                "select balance from ledger.wallets where id = ?", caller.user().value());
    }

    /** The only value of a statement. */
    long number(String sql, Object... parameters) {
        return superuser().withHandle(handle -> {
            var query = handle.createQuery(sql);
            for (int i = 0; i < parameters.length; i++) {
                query.bind(i, parameters[i]);
            }
            return query.mapTo(Long.class).one();
        });
    }

    /** Statements as the server's superuser. */
    Jdbi superuser() {
        return PostgresServer.superuser(database);
    }

    Surroundings around() {
        return within(
                own(ENCRYPTION_KEY, QUEUE),
                () -> new Surroundings(List.of(
                        StageSettings.class, DatabaseSettings.class, VaultSettings.class, QuestionsSettings.class)));
    }

    private <T> T made(Callable<T> constructor, String... settings) {
        Map<String, String> environment = own(settings);
        environment.put("ECOM_PUBLIC_BASE_URL", "https://ecom.test");
        environment.put("ECOM_ORIGIN_SECRET", "origin");
        environment.put("ECOM_PUBLIC_KEYS_SECRET", "public-keys");
        environment.put("ECOM_HASHING_KEY_SECRET", "hashing-key");
        return within(environment, constructor);
    }

    private Map<String, String> own(String... settings) {
        Map<String, String> all = Map.of(
                ENCRYPTION_KEY,
                "key",
                QUEUE,
                cloud.url() + "/000000000000/questions",
                STATE_MACHINE,
                "arn:aws:states:us-east-1:000000000000:stateMachine:charge");
        Map<String, String> environment = PostgresServer.settings(database, "ecom_payments");
        for (String setting : settings) {
            environment.put(setting, all.get(setting));
        }
        environment.put("AWS_ENDPOINT_URL", cloud.url());
        return environment;
    }

    private <T> T within(Map<String, String> environment, Callable<T> constructor) {
        try {
            return FunctionRuntime.within(
                    environment, clock, point -> failpoint.get().accept(point), constructor);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        beginning.ifMade(Recharge::close);
        cloud.close();
        yas.close();
        PostgresServer.drop(database);
    }
}

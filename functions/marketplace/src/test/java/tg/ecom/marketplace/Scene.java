package tg.ecom.marketplace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Jdbi;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Location;
import tg.ecom.kernel.OrderId;
import tg.ecom.kernel.ProductId;
import tg.ecom.kernel.SessionId;
import tg.ecom.kernel.StoreId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.ApiSettings;
import tg.ecom.platform.Caller;
import tg.ecom.platform.DatabaseSettings;
import tg.ecom.platform.FunctionRuntime;
import tg.ecom.platform.HashingSettings;
import tg.ecom.platform.IdempotencyKey;
import tg.ecom.platform.Json;
import tg.ecom.platform.KeyedHash;
import tg.ecom.platform.Role;
import tg.ecom.platform.StageSettings;
import tg.ecom.platform.Surroundings;
import tg.ecom.platform.Visitor;
import tg.ecom.testing.EdgeServer;
import tg.ecom.testing.PostgresServer;
import tg.ecom.testing.SettableClock;

/** What stands around the marketplace's code in a test: real PostgreSQL, AWS's edge, and a clock. */
final class Scene implements AutoCloseable {
    static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:order";
    static final Location MARKET = new Location(6.1256, 1.2254);

    /** Open each day from morning to evening; the clock begins on a Monday at 8. */
    static final String HOURS = """
            {"monday": [{"from": "07:30", "to": "20:00"}], "tuesday": [{"from": "07:30", "to": "20:00"}],
             "wednesday": [{"from": "07:30", "to": "20:00"}], "thursday": [{"from": "07:30", "to": "20:00"}],
             "friday": [{"from": "07:30", "to": "20:00"}], "saturday": [{"from": "07:30", "to": "20:00"}]}
            """;

    private static final Visitor VISITOR = new Visitor(Language.FRENCH, "203.0.113.7", "Ecom/1.0");
    private static final AtomicInteger KEYS = new AtomicInteger();

    private final SettableClock clock = new SettableClock();
    private final Queue<JsonNode> machineCalls = new ConcurrentLinkedQueue<>();
    private final EdgeServer cloud = new EdgeServer(this::serve);
    private volatile BiFunction<String, JsonNode, JsonNode> machines = this::noted;
    private final String database = PostgresServer.newDatabase();

    SettableClock clock() {
        return clock;
    }

    /** What was asked of Step Functions since the last look, each with its {@code action}. */
    List<JsonNode> machineCalls() {
        List<JsonNode> taken = List.copyOf(machineCalls);
        machineCalls.removeAll(taken);
        return taken;
    }

    /** What answers calls of Step Functions from now on, by action and request, instead of nobody. */
    void machines(BiFunction<String, JsonNode, JsonNode> answering) {
        machines = answering;
    }

    PlaceOrder placeOrder() {
        return made(PlaceOrder::new, Map.of("ECOM_ORDER_STATE_MACHINE", MACHINE));
    }

    ActOnOrder actOnOrder() {
        return made(ActOnOrder::new, Map.of());
    }

    ReadOrder readOrder() {
        return made(ReadOrder::new, Map.of());
    }

    <T> T made(Callable<T> constructor) {
        return made(constructor, Map.of());
    }

    /** Somebody with so much in their wallet. */
    Caller person(long balance, Role... roles) {
        UUID user = Uuid7.next(clock);
        superuser().useHandle(handle -> {
            handle.execute(
                    "select ledger.register_holder(?, uuid_send(?), 'Afi M.', 3::smallint, 'XOF', '2026-11-23T08:00:00Z')",
                    user,
                    user);
            if (balance > 0) {
                fund(handle, user, balance);
            }
        });
        Set<Role> all = EnumSet.of(Role.CLIENT);
        all.addAll(Arrays.asList(roles));
        return new Caller(new UserId(user), all, new SessionId(Uuid7.next(clock)), 0, VISITOR, Optional.empty());
    }

    static void fund(org.jdbi.v3.core.Handle handle, UUID user, long balance) {
        handle.createQuery("""
                        select refusal
                        from ledger.post(
                            row(gen_random_uuid(), array[gen_random_uuid(), gen_random_uuid()],
                                array['00000000-0000-7000-8000-000000000001'::uuid, :user],
                                array[-:amount, :amount], array['recharge', 'recharge'], false, 'none', 'XOF', null,
                                null, null, 'yas', null, null, null, null, '2026-11-23T08:00:00Z')::ledger.posting,
                            null, null, null, null, null, null, '2026-11-23T08:00:00Z', 'Africa/Lome')
                        """)
                .bind("user", user)
                .bind("amount", balance)
                .mapTo(String.class)
                .one();
    }

    /** A store with a delivery fee of 500 and a minimum of 1,000. */
    StoreId store(Caller owner) {
        return store(owner, "Boutique de Nadjé", "alimentation", MARKET, HOURS);
    }

    StoreId store(Caller owner, String name, String category, Location place, String hours) {
        StoreId id = new StoreId(Uuid7.next(clock));
        superuser()
                .useHandle(handle -> handle.createQuery("""
                        select marketplace.open_store(
                            :id, :owner, :name, 'Riz, huile et légumes', :category, 'Rue du Commerce, Lomé', :longitude,
                            :latitude, '+22822210000', 500, 1000, cast(:hours as jsonb), 'XOF', '2026-11-23T08:00:00Z')
                        """)
                        .bind("id", id.value())
                        .bind("owner", owner.user().value())
                        .bind("name", name)
                        .bind("category", category)
                        .bind("longitude", place.longitude())
                        .bind("latitude", place.latitude())
                        .bind("hours", hours)
                        .mapTo(String.class)
                        .findOne());
        return id;
    }

    ProductId product(StoreId store, long price, int stock) {
        ProductId id = new ProductId(Uuid7.next(clock));
        superuser().useHandle(handle -> handle.execute("""
                insert into marketplace.products (id, store_id, name, category, price, stock_quantity, created_at, updated_at)
                values (?, ?, 'Riz 5 kg', 'riz', ?, ?, '2026-11-23T08:00:00Z', '2026-11-23T08:00:00Z')
                """, id.value(), store.value(), price, stock));
        return id;
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
                Optional.of(new IdempotencyKey(caller.user(), "placeOrder", key, bodyHash)));
    }

    static PlaceOrder.Item item(ProductId product, int quantity) {
        return new PlaceOrder.Item(product, quantity, Optional.empty());
    }

    /** To be fetched, paid from the wallet. */
    static PlaceOrder.Request pickup(StoreId store, PlaceOrder.Item... items) {
        return pickup(store, PlaceOrder.Payment.WALLET, items);
    }

    /** To be fetched, paid like that. */
    static PlaceOrder.Request pickup(StoreId store, PlaceOrder.Payment payment, PlaceOrder.Item... items) {
        return new PlaceOrder.Request(
                store, List.of(items), PlaceOrder.Fulfilment.PICKUP, Optional.empty(), payment, Optional.empty());
    }

    /** To be brought, paid like that. */
    static PlaceOrder.Request delivery(StoreId store, PlaceOrder.Payment payment, PlaceOrder.Item... items) {
        return new PlaceOrder.Request(
                store,
                List.of(items),
                PlaceOrder.Fulfilment.DELIVERY,
                Optional.of(new PlaceOrder.Delivery("Maison bleue, Bè", MARKET)),
                payment,
                Optional.empty());
    }

    /** Asks for an action without code or words. */
    static ActOnOrder.Request ask(OrderId order, ActOnOrder.Action action) {
        return new ActOnOrder.Request(order, action, Optional.empty(), Optional.empty());
    }

    long balance(Caller caller) {
        return number(
                "select balance from ledger.wallets where id = ?", caller.user().value());
    }

    long held(Caller caller) {
        return number(
                "select held from ledger.wallets where id = ?", caller.user().value());
    }

    long stock(ProductId product) {
        return number("select stock_quantity from marketplace.products where id = ?", product.value());
    }

    /** What an accumulating wallet has taken in. */
    long accumulated(UUID wallet) {
        return number("select coalesce(sum(amount), 0) from ledger.entries where wallet_id = ?", wallet);
    }

    /** What does not fit in the books. */
    long differences() {
        return number("select count(*) from ledger.verify(100)");
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

    /** By which delivery codes are made. */
    KeyedHash keyedHash() {
        return made(() -> new Surroundings(
                        List.of(StageSettings.class, ApiSettings.class, HashingSettings.class, DatabaseSettings.class)))
                .keyedHash();
    }

    /** A function that nobody calls over HTTP. */
    <T> T unreachable(Callable<T> constructor) {
        Map<String, String> environment = PostgresServer.settings(database, "ecom_marketplace");
        environment.put("AWS_ENDPOINT_URL", cloud.url());
        return within(environment, constructor);
    }

    private <T> T made(Callable<T> constructor, Map<String, String> own) {
        Map<String, String> environment = PostgresServer.settings(database, "ecom_marketplace");
        environment.put("ECOM_PUBLIC_BASE_URL", "https://ecom.test");
        environment.put("ECOM_ORIGIN_SECRET", "origin");
        environment.put("ECOM_PUBLIC_KEYS_SECRET", "public-keys");
        environment.put("ECOM_HASHING_KEY_SECRET", "hashing-key");
        environment.put("AWS_ENDPOINT_URL", cloud.url());
        environment.putAll(own);
        return within(environment, constructor);
    }

    private <T> T within(Map<String, String> environment, Callable<T> constructor) {
        try {
            return FunctionRuntime.within(environment, clock, constructor);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        cloud.close();
        PostgresServer.drop(database);
    }

    private void serve(HttpExchange exchange) throws IOException {
        JsonNode request = Json.mapper().readTree(exchange.getRequestBody());
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        JsonNode answer = target.startsWith("AWSStepFunctions.")
                ? machines.apply(target.substring(target.indexOf('.') + 1), request)
                : JsonNodeFactory.instance.objectNode().put("SecretString", "what keyed hashes are derived from");
        EdgeServer.answer(exchange, "application/x-amz-json-1.0", answer.has("__type") ? 400 : 200, answer.toString());
    }

    private JsonNode noted(String action, JsonNode request) {
        machineCalls.add(((ObjectNode) request).put("action", action));
        return JsonNodeFactory.instance.objectNode().put("executionArn", "arn").put("startDate", 0);
    }
}

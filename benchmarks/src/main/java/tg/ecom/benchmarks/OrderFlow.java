package tg.ecom.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tg.ecom.client.Person;
import tg.ecom.local.usage.Counts;
import tg.ecom.local.usage.Item;

/** An order of ten lines that is paid from the wallet, brought, and handed over for the code. */
final class OrderFlow implements Flow {
    private static final int LINES = 10;
    private static final long PRICE = 200;
    private static final long STOCK = 1_000;
    private static final long DELIVERY_FEE = 500;

    /** Enough for all orders of a market. */
    private static final long FUNDS = 50_000;

    /** So many, since an access token lives for 15 minutes and each order waits for the minute to pass. */
    private static final int ORDERS_A_MARKET = 8;

    /** To the store that there is an order and that it is paid; to the customer of three steps of it. */
    private static final int TEXT_MESSAGES = 5;

    private static final String PLACING = "Marketplace/PlaceOrder";
    private static final int PLACING_ROUND_TRIPS_MAX = 3;
    private static final int TRANSITIONS_MAX = 12;

    private Optional<Market> market = Optional.empty();
    private int done;

    /** Who buys and who sells what. */
    private record Market(Person customer, Person owner, String store, List<String> products) {}

    @Override
    public String name() {
        return "order";
    }

    @Override
    public String one() {
        return "an order";
    }

    @Override
    public String summary() {
        return "what an order that goes well uses of the cloud, priced at AWS's list";
    }

    @Override
    public String title() {
        return "An order of " + LINES + " lines that goes well, paid from the wallet and brought, everybody told";
    }

    /** Between two steps it is waited for all that the first has caused, as if people took their time. */
    @Override
    public Sample run(MeteredCloud cloud) {
        App app = cloud.app();
        Market at = market(app);
        cloud.passTheMinute();
        Counts before = cloud.counts();
        String order = app.post(at.customer(), "/api/orders", wanted(at))
                .path("order_id")
                .asText();
        cloud.awaitConsumed();
        for (String action : List.of("confirm", "prepare", "ready", "hand_over")) {
            act(app, at, order, Map.of("action", action));
            cloud.awaitConsumed();
        }
        String code = read(app, at, order).path("delivery_code").asText();
        act(app, at, order, Map.of("action", "deliver", "code", code));
        app.awaitEnd(order);
        cloud.awaitConsumed();
        Counts after = cloud.counts();
        String status = read(app, at, order).at("/order/status").asText();
        if (!status.equals("delivered")) {
            throw new BenchmarkFailure("The order " + order + " did not go well: it is " + status + ".");
        }
        return Sample.between(before, after, cloud.counts());
    }

    @Override
    public List<Bar> bars(FlowReport report) {
        return List.of(
                Bar.atMost(
                        "round trips to PostgreSQL that place an order of " + LINES + " lines",
                        report.roundTrips(PLACING).highest(),
                        PLACING_ROUND_TRIPS_MAX),
                Bar.atMost(
                        "state transitions of an order",
                        report.each(Item.STATE_TRANSITIONS).highest(),
                        TRANSITIONS_MAX),
                Bar.atLeast(
                        "text messages of an order",
                        report.each(Item.TEXT_MESSAGES).lowest(),
                        TEXT_MESSAGES));
    }

    private Market market(App app) {
        if (done++ % ORDERS_A_MARKET == 0) {
            market = Optional.of(open(app));
        }
        return market.orElseThrow();
    }

    private static Market open(App app) {
        Person customer = app.signUp("client");
        Person owner = app.signUp("store_owner");
        app.post("/_local/ledger/fund", Map.of("phone", customer.phone(), "amount", FUNDS));
        Map<String, Object> store = Map.of(
                "phone",
                owner.phone(),
                "name",
                "Chez Kossi",
                "category",
                "alimentation",
                "address",
                "Rue du Commerce, Lomé",
                "location",
                Map.of("latitude", 6.1256, "longitude", 1.2254),
                "delivery_fee",
                DELIVERY_FEE,
                "business_hours",
                alwaysOpen());
        String id = app.post("/_local/stores", store).path("store_id").asText();
        List<String> products = IntStream.rangeClosed(1, LINES)
                .mapToObj(number -> app.post(owner, "/api/store/products", product(number))
                        .path("product_id")
                        .asText())
                .toList();
        return new Market(customer, owner, id, products);
    }

    private static Map<String, List<Map<String, String>>> alwaysOpen() {
        return Stream.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
                .collect(Collectors.toMap(Function.identity(), day -> List.of(Map.of("from", "00:00", "to", "24:00"))));
    }

    private static Map<String, Object> product(int number) {
        return Map.of("name", "Riz parfumé " + number, "category", "riz", "price", PRICE, "stock_quantity", STOCK);
    }

    private static Map<String, Object> wanted(Market at) {
        return Map.of(
                "store_id", at.store(),
                "items",
                        at.products().stream()
                                .map(product -> Map.of("product_id", product, "quantity", 1))
                                .toList(),
                "fulfilment", "delivery",
                "delivery",
                        Map.of(
                                "address",
                                "Maison bleue, Bè",
                                "location",
                                Map.of("latitude", 6.1319, "longitude", 1.2228)),
                "payment", "wallet");
    }

    private static void act(App app, Market at, String order, Map<String, String> action) {
        app.put(at.owner(), "/api/orders/" + order, action);
    }

    private static JsonNode read(App app, Market at, String order) {
        return app.get(at.customer(), "/api/orders/" + order);
    }
}

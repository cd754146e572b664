package tg.ecom.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tg.ecom.client.Answer;
import tg.ecom.client.Person;

/** Three orders in one store: one goes well, one is refused by the store, one is never answered. */
final class Ordering {
    /** How long a store has to answer, and a little more. */
    private static final Duration TOO_LATE = Duration.ofSeconds(601);

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int LINES = 3;
    private static final long PRICE_MAX = 2_000;
    private static final int QUANTITY = 2;
    private static final int STOCK_MIN = 10;
    private static final int STOCK_FULL = 100;

    private final Stage stage;
    private final Town town;
    private final Person afi;
    private final List<Wanted> basket;

    Ordering(Stage stage, Town town, Person afi) {
        this.stage = stage;
        this.town = town;
        this.afi = afi;
        this.basket = basket();
    }

    /** So much of a product that costs so much. */
    private record Wanted(String product, String name, long price) {}

    void playDelivered() {
        stage.narrator().chapter(7, "Afi orders at " + town.storeName());
        long before = Stage.wallet(afi).balance();
        List<Integer> stock = stock();
        Order order = place();
        basket.forEach(each ->
                stage.narrator().say("   %d × %s at %s".formatted(QUANTITY, each.name(), Francs.of(each.price()))));
        Stage.same(new Stage.Wallet(before, order.total()), Stage.wallet(afi), "Afi's wallet");
        stage.holds(true, "%s are held in her wallet, the goods are reserved".formatted(Francs.of(order.total())));
        stage.awaitTold(town.storeName(), town.owner(), "sale_placed", order);
        act(order, "confirm", Map.of(), "the store takes it");
        act(order, "prepare", Map.of(), "and packs it");
        act(order, "ready", Map.of(), "it waits for its courier");
        act(order, "hand_over", Map.of(), "it is under way");
        stage.awaitTold("Afi", afi, "order_under_way", order);
        String code = read(afi, order).path("delivery_code").asText();
        JsonNode delivered = act(order, "deliver", Map.of("code", code), "at the door, Afi says her code: " + code);
        Stage.same("delivered", delivered.at("/order/status").asText(), "the order's status");
        JsonNode shares = delivered.path("shares");
        long commission = shares.path("commission").longValue();
        long proceeds = shares.path("proceeds").longValue();
        Stage.same(
                order.total(),
                commission + proceeds + shares.path("operator_fee").longValue(),
                "what was shared out");
        Stage.same(new Stage.Wallet(before - order.total(), 0), Stage.wallet(afi), "Afi's wallet");
        Stage.same(stock.stream().map(count -> count - QUANTITY).toList(), stock(), "the stock");
        stage.holds(
                true,
                "paid in that moment: %s to the store, %s to Ecom"
                        .formatted(Francs.of(proceeds), Francs.of(commission)));
        stage.awaitTold(town.storeName(), town.owner(), "sale_delivered", order);
        ended(order);
    }

    void playRefused() {
        stage.narrator().chapter(8, "Afi orders once more, and the store refuses");
        Order order = toBeGivenBack(
                () -> act(placed(), "reject", Map.of("reason", "Le congélateur est en panne"), "the store can't"),
                "rejected");
        stage.awaitTold("Afi", afi, "order_rejected", order);
    }

    void playForgotten() {
        stage.narrator().chapter(9, "A third order, which the store never answers");
        Order order = toBeGivenBack(this::forgotten, "no_confirmation");
        stage.awaitTold("Afi", afi, "order_expired", order);
        stage.awaitTold(town.storeName(), town.owner(), "sale_cancelled", order);
    }

    private interface Failing {
        JsonNode ended();
    }

    private Order toBeGivenBack(Failing failing, String reason) {
        Stage.Wallet before = Stage.wallet(afi);
        List<Integer> stock = stock();
        JsonNode cancelled = failing.ended();
        Stage.same("cancelled", cancelled.at("/order/status").asText(), "the order's status");
        Stage.same(reason, cancelled.at("/order/reason").asText(), "the reason");
        Stage.same(before, Stage.wallet(afi), "Afi's wallet");
        Stage.same(stock, stock(), "the stock");
        stage.holds(
                true,
                "all is back: %s in the wallet, none held, the goods on the shelf"
                        .formatted(Francs.of(before.balance())));
        Order order = order(cancelled.path("order"));
        ended(order);
        return order;
    }

    private Order placed() {
        Order order = place();
        Stage.same(order.total(), Stage.wallet(afi).held(), "what is held");
        return order;
    }

    private JsonNode forgotten() {
        Order order = placed();
        stage.await(
                "the saga waits for the store",
                () -> stage.tools()
                        .execution(order.id())
                        .filter(execution ->
                                execution.path("history").toString().contains("Await confirmation")));
        stage.timePasses(TOO_LATE, "nobody at the store has looked");
        return stage.await(
                "the order was cancelled",
                () -> Optional.of(read(afi, order))
                        .filter(found -> found.at("/order/status").asText().equals("cancelled")));
    }

    private Order place() {
        List<Map<String, Object>> items = basket.stream()
                .map(each -> Map.<String, Object>of(
                        "product_id", each.product(), "quantity", QUANTITY, "unit_price", each.price()))
                .toList();
        Map<String, Object> body = Map.of(
                "store_id",
                town.store(),
                "items",
                items,
                "fulfilment",
                "delivery",
                "delivery",
                Map.of(
                        "address",
                        "Maison bleue, derrière la pharmacie, Bè",
                        "location",
                        Map.of("latitude", 6.1319, "longitude", 1.2228)),
                "payment",
                "wallet");
        Answer answer = afi.post("/api/orders", UUID.randomUUID().toString(), body);
        answer.expect(CREATED);
        Order order = order(answer.body());
        stage.narrator().call(answer, "%s, %s".formatted(order.number(), Francs.of(order.total())));
        return order;
    }

    private static Order order(JsonNode order) {
        return new Order(
                order.path("order_id").asText(),
                order.path("order_number").asText(),
                order.path("total_amount").longValue());
    }

    private JsonNode act(Order order, String action, Map<String, String> more, String meaning) {
        Map<String, String> body = new HashMap<>(more);
        body.put("action", action);
        Answer answer = town.owner().put("/api/orders/" + order.id(), body);
        answer.expect(OK);
        stage.narrator().call(answer, action + ": " + meaning);
        return answer.body();
    }

    private JsonNode read(Person person, Order order) {
        return person.get("/api/orders/" + order.id()).expect(OK);
    }

    private void ended(Order order) {
        stage.await(
                "the saga of " + order.number() + " ended",
                () -> stage.tools()
                        .execution(order.id())
                        .filter(execution -> execution.path("status").asText().equals("SUCCEEDED")));
    }

    /** Some cheap things; what has been bought too often in such stories is put on the shelf again. */
    private List<Wanted> basket() {
        List<Wanted> found = new ArrayList<>();
        for (JsonNode product : products()) {
            long price = product.path("price").longValue();
            if (price <= PRICE_MAX && found.size() < LINES) {
                String id = product.path("product_id").asText();
                if (product.path("stock_quantity").asInt() < STOCK_MIN) {
                    town.owner()
                            .put("/api/store/products/" + id, Map.of("stock_quantity", STOCK_FULL))
                            .expect(OK);
                }
                found.add(new Wanted(id, product.path("name").asText(), price));
            }
        }
        return List.copyOf(found);
    }

    private List<Integer> stock() {
        List<Integer> counts = new ArrayList<>();
        JsonNode products = products();
        for (Wanted each : basket) {
            for (JsonNode product : products) {
                if (product.path("product_id").asText().equals(each.product())) {
                    counts.add(product.path("stock_quantity").asInt());
                }
            }
        }
        return counts;
    }

    private JsonNode products() {
        return stage.ecom()
                .get("/api/stores/" + town.store() + "/products?limit=100", Map.of())
                .expect(OK)
                .path("items");
    }
}

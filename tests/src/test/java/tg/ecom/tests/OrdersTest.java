package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.testing.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders as a customer's and a store's app see them, through gateway, functions and both sagas. */
final class OrdersTest {
    @RegisterExtension
    final Scene scene = new Scene();

    private Person afi;
    private Person kossi;
    private String store;
    private String rice;

    @BeforeEach
    void openStore() {
        afi = scene.people().signUpWith(20_000);
        kossi = scene.people().signUpStoreOwner();
        store = scene.cloud().openStore(kossi.phone(), "Chez Kossi");
        rice = product("Riz parfumé 5 kg", 4_500, 10);
    }

    @Test
    void orderPaidFromTheWallet_isDeliveredForTheCode() {
        String order = place(afi, order("wallet", 2)).expect(201).text("order_id");
        assertEquals(List.of(order), listed(kossi, "/api/store/orders"));
        assertEquals(List.of(order), listed(afi, "/api/orders"));
        for (String action : List.of("confirm", "prepare", "ready", "hand_over")) {
            act(kossi, order, action).expect(200);
        }
        assertFalse(read(kossi, order).has("delivery_code"));
        act(kossi, order, "deliver", "code", wrong(code(order))).refused(422, "wrong_code");
        act(kossi, order, "deliver", "code", code(order)).expect(200);

        JsonNode delivered = read(afi, order);
        assertEquals("delivered", delivered.path("order").path("status").textValue());
        assertEquals(6, delivered.path("timeline").size());
        assertEquals(10_500, afi.balance());
        eventually("the saga ends", () -> execution(order).equals("SUCCEEDED"));
        assertTrue(scene.cloud().verify().path("ok").booleanValue());
    }

    @Test
    void orderPaidByYas_isTheStoresOnceYasHasTheMoney() {
        scene.cloud().yas(afi.phone(), "success");
        String order = place(afi, order("yas", 1)).expect(201).text("order_id");
        assertEquals(List.of(), listed(kossi, "/api/store/orders"));
        act(kossi, order, "confirm").refused(409, "wrong_state");
        eventually("YAS is asked", () -> scene.cloud().yasStatement(afi.phone()).size() == 1);
        scene.cloud().advance(Duration.ofSeconds(3));
        awaitPayment(order, "paid");
        assertEquals(20_000, afi.balance());

        act(kossi, order, "reject", "reason", "Plus de riz").expect(200);
        awaitPayment(order, "refunded");
        assertEquals(25_000, afi.balance());
        assertEquals(10, stock());
        eventually("the saga ends", () -> execution(order).equals("SUCCEEDED"));
        assertTrue(scene.cloud().verify().path("ok").booleanValue());
    }

    @Test
    void orderThatYasBringsNoMoneyFor_comesToNothing() {
        scene.cloud().yas(afi.phone(), "refused");
        String order = place(afi, order("yas", 1)).expect(201).text("order_id");
        eventually("YAS is asked", () -> scene.cloud().yasStatement(afi.phone()).size() == 1);
        scene.cloud().advance(Duration.ofSeconds(3));
        awaitStatus(order, "cancelled");
        assertEquals("not_paid", read(afi, order).path("order").path("reason").textValue());
        assertEquals(10, stock());
        assertEquals(20_000, afi.balance());
    }

    @Test
    void orderThatTheStoreDoesNotAnswer_endsAfterTenMinutes() {
        String order = place(afi, order("wallet", 1)).expect(201).text("order_id");
        eventually("the saga waits", () -> execution(order).equals("RUNNING"));
        scene.cloud().advance(Duration.ofMinutes(10).plusSeconds(1));
        awaitStatus(order, "cancelled");
        assertEquals(
                "no_confirmation", read(afi, order).path("order").path("reason").textValue());
        assertEquals(20_000, afi.balance());
        assertEquals(10, stock());
        awaitTold(afi, List.of("order_expired"));
        awaitTold(kossi, List.of("sale_cancelled", "sale_placed"));
        eventually("one SMS to Afi, two to Kossi", () -> sms(afi, order) == 1 && sms(kossi, order) == 2);
    }

    @ParameterizedTest
    @CsvSource({"0", "10001", "-1", "1.5", "\"2\"", "null"})
    void quantityThatIsNone_isRefused(String quantity) {
        String body = order("wallet", 1).toString().replace("\"quantity\":1", "\"quantity\":" + quantity);
        afi.api()
                .withKey(UUID.randomUUID().toString())
                .postText("/api/orders", body)
                .refused(400, "invalid_request");
        assertEquals(10, stock());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "a\u0000b", "a\u202eb", "line\nline"})
    void textThatIsMoreThanText_isRefused(String text) {
        place(afi, order("wallet", 1).put("special_instructions", text)).refused(400, "invalid_request");
        kossi.api()
                .post("/api/store/products", "name", text, "category", "riz", "price", 1, "stock_quantity", 1)
                .refused(400, "invalid_request");
    }

    @Test
    void ordersOfOthers_areNotThere() {
        String order = place(afi, order("wallet", 1)).expect(201).text("order_id");
        Person stranger = scene.people().signUp();
        stranger.api().get("/api/orders/" + order).refused(404, "not_found");
        act(stranger, order, "cancel").refused(404, "not_found");
        stranger.api().get("/api/store/orders").refused(403, "forbidden");
        assertEquals(List.of(), listed(stranger, "/api/orders"));
        place(stranger, order("wallet", 1)).refused(422, "insufficient_funds");
        place(stranger, order("flooz", 1)).refused(422, "method_unavailable");
    }

    @Test
    void storesAreFoundByWhoeverLooks() {
        JsonNode found = scene.api()
                .get("/api/stores", "near", "6.1256,1.2254", "q", "kosi", "open_now", "true", "limit", 100)
                .expect(200)
                .body();
        assertTrue(found.path("items").findValuesAsText("store_id").contains(store));
        assertEquals(
                "Chez Kossi",
                scene.api().get("/api/stores/" + store).expect(200).text("name"));
        scene.api().get("/api/stores/" + UUID.randomUUID()).refused(404, "not_found");
    }

    private String product(String name, long price, int stock) {
        return kossi.api()
                .post("/api/store/products", "name", name, "category", "riz", "price", price, "stock_quantity", stock)
                .expect(201)
                .text("product_id");
    }

    private ObjectNode order(String payment, int quantity) {
        ObjectNode order = Api.object("store_id", store, "fulfilment", "delivery", "payment", payment);
        order.putArray("items").addObject().put("product_id", rice).put("quantity", quantity);
        order.putObject("delivery")
                .put("address", "Maison bleue, Bè")
                .putObject("location")
                .put("latitude", 6.1319)
                .put("longitude", 1.2228);
        return order;
    }

    private static Answer place(Person person, ObjectNode order) {
        return person.api().withKey(UUID.randomUUID().toString()).postText("/api/orders", order.toString());
    }

    private static Answer act(Person person, String order, String action, Object... more) {
        ObjectNode body = Api.object(more).put("action", action);
        return person.signIn().put("/api/orders/" + order, body);
    }

    private static List<String> listed(Person person, String path) {
        return person.signIn().get(path).expect(200).body().path("items").findValuesAsText("order_id");
    }

    private static JsonNode read(Person person, String order) {
        return person.signIn().get("/api/orders/" + order).expect(200).body();
    }

    private String code(String order) {
        return read(afi, order).path("delivery_code").textValue();
    }

    private static String wrong(String code) {
        return code.equals("0000") ? "0001" : "0000";
    }

    private long stock() {
        return scene.api()
                .get("/api/stores/" + store + "/products")
                .expect(200)
                .body()
                .path("items")
                .path(0)
                .path("stock_quantity")
                .longValue();
    }

    private void awaitStatus(String order, String status) {
        eventually(
                "the order is " + status,
                () -> read(afi, order).path("order").path("status").asText().equals(status));
    }

    private void awaitTold(Person person, List<String> kinds) {
        eventually(
                kinds + " is told",
                () -> person.api()
                        .get("/api/notifications")
                        .expect(200)
                        .body()
                        .path("items")
                        .findValuesAsText("kind")
                        .equals(kinds));
    }

    /** How many SMS name the order. */
    private long sms(Person person, String order) {
        String number = read(person, order).path("order").path("order_number").textValue();
        return scene.cloud().texts(person.phone()).findValuesAsText("text").stream()
                .filter(text -> text.contains(number))
                .count();
    }

    private void awaitPayment(String order, String status) {
        eventually(
                "the order is " + status,
                () -> read(afi, order)
                        .path("order")
                        .path("payment_status")
                        .asText()
                        .equals(status));
    }

    private String execution(String order) {
        return scene.cloud().executionStatus(order);
    }
}

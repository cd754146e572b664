package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static tg.ecom.testing.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The small Lomé that can be loaded into a one-machine cloud. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DemoTest {
    private static final String PASSWORD = "lome la belle";
    private static final int OWNERS_FROM = 70_000_101;
    private static final int CUSTOMERS_FROM = 70_000_001;
    private static final String GROCER = "70000110";
    private static final String CUSTOMER = "70000006";

    /** Of the first load. */
    private static final AtomicReference<JsonNode> LOADED = new AtomicReference<>();

    @RegisterExtension
    final Scene scene = new Scene();

    /** First, as what is loaded stays. */
    @Test
    @Order(1)
    void loadAfterOneThatWasCutOff_keepsWhatIsThere_andAddsTheRest_onceThoughTwoAskForIt() {
        assumeTrue(wallet(GROCER).isMissingNode(), "it is loaded already");
        Api grocer = signUp(GROCER, "store_owner");
        String store = scene.cloud().openStore(GROCER, "Le Panier de Kovié");
        String gari = grocer.post(
                        "/api/store/products",
                        "name",
                        "Gari blanc 1 kg",
                        "category",
                        "gari",
                        "price",
                        705,
                        "stock_quantity",
                        3)
                .expect(201)
                .text("product_id");
        signUp(CUSTOMER, "client");

        CompletableFuture<JsonNode> other = CompletableFuture.supplyAsync(this::load);
        JsonNode loaded = load();
        assertEquals(loaded.path("round_the_clock_store"), other.join().path("round_the_clock_store"));
        assertEquals(12, stores().size());
        assertEquals(store, stores().get("+228" + GROCER).path("store_id").textValue());
        JsonNode goods = products(store);
        assertEquals(13, goods.size());
        assertEquals(gari, goods.path(0).path("product_id").textValue());
        assertEquals(705, goods.path(0).path("price").intValue());
        assertEquals(3_000, balance(CUSTOMER));
    }

    @Test
    @Order(2)
    void townIsFound_byWhatIsSought_andByWhereItIs() {
        JsonNode loaded = load();
        assertEquals("12 150 21", loaded.path("stores") + " " + loaded.path("products") + " " + loaded.path("people"));
        Map<String, JsonNode> stores = stores();
        assertEquals(12, stores.size());
        Set<String> products = new HashSet<>();
        stores.values()
                .forEach(store -> products(store.path("store_id").textValue())
                        .forEach(product ->
                                products.add(product.path("product_id").textValue())));
        assertEquals(150, products.size());

        assertTrue(found("q", "boulanjerie", "limit", 100).contains("Boulangerie L'Épi de Tokoin"));
        assertTrue(found("q", "akoume", "limit", 100).contains("Maquis Chez Tante Dédé"));
        List<String> near = found("near", "6.2183,1.2117", "radius_m", 50_000, "limit", 100);
        assertEquals("Quincaillerie Le Bon Clou", near.getFirst());
        assertTrue(near.indexOf("Chargé à Bloc") < near.indexOf("Pâtisserie-glacier Flocon de Coco"));

        JsonNode always = loaded.path("round_the_clock_store");
        Answer read = scene.api().get("/api/stores/" + always.path("store_id").textValue());
        assertTrue(read.expect(200).body().path("open_now").booleanValue());
        assertEquals(always.path("owner_phone").textValue(), read.text("phone"));
    }

    @Test
    @Order(2)
    void loadedAgain_nothingChanges() {
        ObjectNode expected = loaded().deepCopy();
        List<Object> before = everything();
        expected.set("added", Api.object("stores", 0, "products", 0, "people", 0));
        assertEquals(expected, load());
        assertEquals(before, everything());
    }

    @Test
    @Order(2)
    void everybodyLogsInByThePassword_asWhatTheyAre() {
        JsonNode loaded = loaded();
        assertEquals(PASSWORD, loaded.path("password").textValue());
        assertEquals("client", userType(loaded.path("customer")));
        assertEquals("store_owner", userType(loaded.path("owner")));
        assertEquals("admin", userType(loaded.path("administrator")));
        String store = loaded.path("owner").path("store_id").textValue();
        logIn(loaded.path("administrator").path("phone").textValue())
                .put("/api/admin/stores/" + store, Api.object("action", "restore"))
                .expect(200);
        List<String> owned = new ArrayList<>();
        logIn(loaded.path("owner").path("phone").textValue())
                .get("/api/store/products", "limit", 100)
                .expect(200)
                .body()
                .path("items")
                .forEach(product -> owned.add(product.path("product_id").textValue()));
        List<String> sold = new ArrayList<>();
        products(store).forEach(product -> sold.add(product.path("product_id").textValue()));
        assertEquals(sold, owned);
        assertFalse(owned.isEmpty());
    }

    private JsonNode loaded() {
        if (LOADED.get() == null) {
            LOADED.set(load());
        }
        return LOADED.get();
    }

    /** Asks until it is loaded. */
    private JsonNode load() {
        AtomicReference<Http.Response> answer = new AtomicReference<>();
        eventually("it is loaded", () -> {
            answer.set(scene.cloud().tool("POST", "demo", ""));
            return answer.get().status() != 202;
        });
        assertEquals(200, answer.get().status(), answer.get()::text);
        return answer.get().json();
    }

    private Api signUp(String phone, String userType) {
        ObjectNode registration = scene.people()
                .registration(scene.people().verificationToken("+228" + phone), "Akossiwa", "Fiagan")
                .put("password", PASSWORD)
                .put("user_type", userType);
        Answer account = scene.people().register(registration).expect(201);
        return scene.api()
                .signedIn(account.body().path("tokens").path("access_token").textValue());
    }

    private Api logIn(String phone) {
        return scene.api()
                .signedIn(scene.api()
                        .post("/api/auth/login", "phone", phone, "password", PASSWORD)
                        .expect(200)
                        .text("access_token"));
    }

    private String userType(JsonNode person) {
        return logIn(person.path("phone").textValue())
                .get("/api/me")
                .expect(200)
                .text("user_type");
    }

    private long balance(String phone) {
        return wallet(phone).path("balance").longValue();
    }

    private JsonNode wallet(String phone) {
        return scene.cloud()
                .tool("GET", "wallets?phone=" + phone, "")
                .json()
                .path("items")
                .path(0);
    }

    /** The town's stores with all that they sell, and what its customers have. */
    private List<Object> everything() {
        List<Object> all = new ArrayList<>();
        stores().values().forEach(store -> {
            ((ObjectNode) store).remove(List.of("open_now", "opens_at"));
            all.add(store);
            all.add(products(store.path("store_id").textValue()));
        });
        for (int customer = CUSTOMERS_FROM; customer < CUSTOMERS_FROM + 8; customer++) {
            all.add(wallet(Integer.toString(customer)));
        }
        return all;
    }

    /** The town's stores by phone. */
    private Map<String, JsonNode> stores() {
        Set<String> owners = new HashSet<>();
        for (int owner = OWNERS_FROM; owner < OWNERS_FROM + 12; owner++) {
            owners.add("+228" + owner);
        }
        Map<String, JsonNode> stores = new TreeMap<>();
        JsonNode page = scene.api().get("/api/stores", "limit", 100).expect(200).body();
        while (true) {
            page.path("items").forEach(store -> {
                String phone = store.path("phone").asText();
                if (owners.contains(phone)) {
                    stores.put(phone, store);
                }
            });
            if (!page.has("next_cursor")) {
                return stores;
            }
            page = scene.api()
                    .get(
                            "/api/stores",
                            "limit",
                            100,
                            "cursor",
                            page.path("next_cursor").textValue())
                    .expect(200)
                    .body();
        }
    }

    private JsonNode products(String store) {
        return scene.api()
                .get("/api/stores/" + store + "/products", "limit", 100)
                .expect(200)
                .body()
                .path("items");
    }

    private List<String> found(Object... query) {
        return scene.api()
                .get("/api/stores", query)
                .expect(200)
                .body()
                .path("items")
                .findValuesAsText("name");
    }
}

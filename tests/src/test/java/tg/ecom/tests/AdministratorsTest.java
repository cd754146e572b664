package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.testing.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Administrators are appointed from outside the API, and suspend stores over it. */
final class AdministratorsTest {
    /** By then the sweeper and the relay have run. */
    private static final Duration A_MINUTE = Duration.ofSeconds(61);

    @RegisterExtension
    final Scene scene = new Scene();

    @Test
    void storeThatAnAdministratorSuspends_sellsNothing_andMoneyGoesBackToWhoOrdered() {
        Person afi = scene.people().signUpWith(20_000);
        Person kossi = scene.people().signUpStoreOwner();
        String store = scene.cloud().openStore(kossi.phone(), "Chez Kossi");
        String rice = kossi.api()
                .post("/api/store/products", "name", "Riz", "category", "riz", "price", 4_500, "stock_quantity", 10)
                .expect(201)
                .text("product_id");
        Answer placed = afi.api()
                .withKey(UUID.randomUUID().toString())
                .post(
                        "/api/orders",
                        "store_id",
                        store,
                        "items",
                        List.of(Api.object("product_id", rice, "quantity", 2)),
                        "fulfilment",
                        "pickup",
                        "payment",
                        "wallet")
                .expect(201);

        String path = "/api/admin/stores/" + store;
        kossi.api().put(path, Api.object("action", "suspend")).refused(403, "forbidden");
        scene.api().put(path, Api.object("action", "suspend")).refused(401, "token_missing");
        Api administrator = appointed(scene.people().newPhone());
        administrator.put(path, Api.object("action", "close")).refused(400, "invalid_request");
        administrator
                .put("/api/admin/stores/" + UUID.randomUUID(), Api.object("action", "suspend"))
                .refused(404, "not_found");
        Answer suspended = administrator
                .put(path, Api.object("action", "suspend", "reason", "Plaintes"))
                .expect(200);
        assertEquals(
                suspended.body(),
                administrator
                        .put(path, Api.object("action", "suspend"))
                        .expect(200)
                        .body());
        scene.api().get("/api/stores/" + store).refused(404, "not_found");

        scene.cloud().advance(A_MINUTE);
        String order = "/api/orders/" + placed.text("order_id");
        eventually("the order ends", () -> reason(afi, order).equals("store_suspended"));
        assertEquals(20_000, afi.balance());
        scene.cloud().advance(A_MINUTE);
        eventually(
                "both are told",
                () -> told(afi).contains("order_cancelled") && told(kossi).contains("sale_cancelled"));

        administrator.put(path, Api.object("action", "restore")).expect(200);
        scene.api().get("/api/stores/" + store).expect(200);
        assertTrue(scene.cloud().verify().path("ok").booleanValue());
    }

    @Test
    void whoHasAnAccountAlready_keepsTheirPassword_andIsAnAdministratorOnceTheySignInAnew() {
        Person afi = scene.people().signUp();
        String path = "/api/admin/stores/" + UUID.randomUUID();
        JsonNode answer = appoint(afi.phone(), "une autre phrase encore");
        assertEquals(false, answer.path("is_new").booleanValue());
        afi.api().put(path, Api.object("action", "suspend")).refused(403, "forbidden");
        afi.signIn().put(path, Api.object("action", "suspend")).refused(404, "not_found");
    }

    @Test
    void appointmentThatIsNone_isRefusedInASentence() {
        for (String body : List.of(
                "{}", "{\"phone\": \"12\", \"password\": \"une phrase que je retiens\"}", "{\"phone\": 90000001}")) {
            assertEquals(400, scene.cloud().tool("POST", "administrators", body).status());
        }
        String weak = "{\"phone\": \"" + scene.people().newPhone() + "\", \"password\": \"1\"}";
        Http.Response refused = scene.cloud().tool("POST", "administrators", weak);
        assertEquals(400, refused.status(), refused.text());
        assertTrue(refused.json().path("message").asText().startsWith("register refuses: "), refused.text());
    }

    private Api appointed(String phone) {
        assertTrue(appoint(phone, People.PASSWORD).path("is_new").booleanValue());
        Answer login = scene.api()
                .post("/api/auth/login", "phone", phone, "password", People.PASSWORD)
                .expect(200);
        return scene.api().signedIn(login.text("access_token"));
    }

    private JsonNode appoint(String phone, String password) {
        Http.Response answer = scene.cloud()
                .tool("POST", "administrators", "{\"phone\": \"" + phone + "\", \"password\": \"" + password + "\"}");
        assertEquals(200, answer.status(), answer.text());
        return answer.json();
    }

    private static String reason(Person person, String order) {
        return person.api()
                .get(order)
                .expect(200)
                .body()
                .path("order")
                .path("reason")
                .asText();
    }

    private static List<String> told(Person person) {
        return person.api()
                .get("/api/notifications")
                .expect(200)
                .body()
                .path("items")
                .findValuesAsText("kind");
    }
}

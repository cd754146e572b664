package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What does not fit the contract: refused with the name of each field, in the caller's language, and no error of ours.
 */
final class BadInputTest {
    private static final String TRANSFER = "/api/wallet/transfer";
    private static final int BODY_BYTES_MAX = 1_000_000;

    @RegisterExtension
    final Scene scene = new Scene();

    private final Api api = scene.api();

    /** Those that are no whole numbers of francs between 1 and 10^12. */
    @Test
    void amountThatIsNoWholeNumberOfFrancsWithinBounds_isRefused() {
        Api signedIn = scene.people().signUp().api().withKey("k");
        for (String amount : List.of(
                "500.0",
                "5e2",
                "500.5",
                "\"500\"",
                "-1",
                "0",
                "1000000000001",
                "99999999999999999999",
                "null",
                "true",
                "[500]",
                "{}")) {
            String body = "{\"to_phone\": \"+22890000001\", \"amount\": " + amount + "}";
            signedIn.postText(TRANSFER, body).refused(400, "invalid_request").names("amount");
        }
    }

    @Test
    void missingFields_areEachNamed() {
        Api signedIn = scene.people().signUp().api().withKey("k");
        Answer refused = signedIn.post(TRANSFER).refused(400, "invalid_request");
        assertEquals(
                List.of("amount", "to_phone"),
                refused.fields().stream().sorted().toList());
    }

    @Test
    void unknownField_isNamed() {
        Api signedIn = scene.people().signUp().api().withKey("k");
        signedIn.post(TRANSFER, "to_phone", "+22890000001", "amount", 1, "fee", 0)
                .refused(400, "invalid_request")
                .names("fee");
    }

    @Test
    void missingOrUnfitKey_isNamed() {
        Api signedIn = scene.people().signUp().api();
        for (Api keyed : List.of(signedIn, signedIn.withKey("with space"), signedIn.withKey("k".repeat(256)))) {
            keyed.post(TRANSFER, "to_phone", "+22890000001", "amount", 1)
                    .refused(400, "invalid_request")
                    .names("Idempotency-Key");
        }
    }

    @Test
    void textThatLooksLikeNoPhone_isNamed() {
        assertPhonesAreNamed(List.of("abc", "", "12345678901234567890123456", "+2281"), 400, "invalid_request");
    }

    @Test
    void numberThatIsNoPhone_fitsTheContractAndIsRefusedAllTheSame() {
        assertPhonesAreNamed(List.of("00000000", "+22812345678"), 422, "invalid_value");
    }

    @Test
    void malformedJson_isRefused() {
        for (String body : List.of("{\"phone\":", "{'phone': 1}", "{\"phone\": 1} x", "{\"a\":1,\"a\":2}", "nul")) {
            api.postText("/api/auth/login", body).refused(400, "malformed_json").names("body");
        }
        api.postNothing("/api/auth/login").expect(415);
        api.postAs("/api/auth/login", "application/json", new byte[] {'{', '"', (byte) 0xff, '"', '}'})
                .refused(400, "malformed_json");
        api.postText("/api/auth/login", "[".repeat(5_000)).refused(400, "malformed_json");
    }

    @Test
    void jsonThatIsNoObject_isRefused() {
        for (String body : List.of("[]", "1", "\"text\"", "null", "true")) {
            api.postText("/api/auth/login", body)
                    .refused(400, "invalid_request")
                    .names("body");
        }
    }

    @Test
    void nullWhereATextBelongs_isRefused() {
        Answer refused = api.postText("/api/auth/login", "{\"phone\": null, \"password\": null}");
        refused.refused(400, "invalid_request");
        assertEquals(
                List.of("password", "phone"), refused.fields().stream().sorted().toList());
    }

    @Test
    void textWithANulCharacter_isNoErrorOfOurs() {
        Api signedIn = scene.people().signUp().api();
        api.postText("/api/auth/login", "{\"phone\": \"90000001\", \"password\": \"a\\u0000b\"}")
                .refused(401, "wrong_credentials");
        signedIn.patch("/api/me", "first_name", "A\u0000")
                .refused(400, "invalid_request")
                .names("first_name");
        signedIn.with("user-agent", "x".repeat(2_000)).get("/api/me").expect(200);
    }

    @Test
    void bodyOfMoreThanAMegabyte_isTooLarge() {
        String body = "{\"phone\": \"" + "9".repeat(BODY_BYTES_MAX) + "\"}";
        api.postText("/api/auth/login", body).refused(413, "body_too_large");
    }

    @Test
    void anotherContentType_isNotSupported() {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "application/jsonx")) {
            api.postAs("/api/auth/login", type, body).refused(415, "unsupported_media_type");
        }
        api.postAs("/api/auth/login", "Application/JSON; charset=utf-8", body).refused(400, "invalid_request");
    }

    @Test
    void unfitParameters_areNamed() {
        Api signedIn = scene.people().signUp().api();
        assertNames(signedIn, "limit", "0");
        assertNames(signedIn, "limit", "101");
        assertNames(signedIn, "limit", "abc");
        assertNames(signedIn, "limit", "1.0");
        assertNames(signedIn, "cursor", "!");
        assertNames(signedIn, "from", "yesterday");
        assertNames(signedIn, "to", "2026-13-01T00:00:00Z");
        assertNames(signedIn, "type", "CREDIT");
        assertNames(signedIn, "category", "gifts");
        assertNames(signedIn, "status", "lost");
        assertNames(signedIn, "page", "2");
        signedIn.postNothing("/api/auth/logout?all=1")
                .refused(400, "invalid_request")
                .names("all");
        signedIn.get("/api/me").expect(200);
    }

    @Test
    void registrationsThatDoNotFit_areRefusedByField() {
        String fitting = scene.people().registration("token", "Afi", "Mensah").toString();
        assertRegistrationNames(fitting.replace("\"Afi\"", "\"\""), "first_name");
        assertRegistrationNames(fitting.replace("\"Mensah\"", "\"1<2\""), "last_name");
        assertRegistrationNames(fitting.replace(People.PASSWORD, "court"), "password");
        assertRegistrationNames(fitting.replace("\"terms\":true", "\"terms\":false"), "consents.terms");
        assertRegistrationNames(fitting.replace("{\"v", "{\"email\":\"nobody\",\"v"), "email");
        assertRegistrationNames(fitting.replace("{\"v", "{\"date_of_birth\":\"1990-02-30\",\"v"), "date_of_birth");
        assertRegistrationNames(fitting.replace("{\"v", "{\"language\":\"de\",\"v"), "language");
    }

    @Test
    void problems_areInFrench_orInEnglishForWhoPrefersIt() {
        Answer french = api.post("/api/auth/login").refused(400, "invalid_request");
        Answer english = api.speaking("en-GB,fr;q=0.5").post("/api/auth/login").refused(400, "invalid_request");
        assertEquals("fr", french.header("content-language"));
        assertEquals("en", english.header("content-language"));
        assertEquals(french.fields(), english.fields());
        assertNotEquals(french.text("detail"), english.text("detail"));
        assertNotEquals(
                french.body().at("/errors/0/message").textValue(),
                english.body().at("/errors/0/message").textValue());
        assertEquals(french.text("request_id"), french.header("x-request-id"));
    }

    @Test
    void unknownRouteAndMethod_areNotFoundInTheGatewaysWords() {
        for (Answer answer : List.of(
                api.get("/nope"),
                api.get("/api/auth/login"),
                api.get("/api/wallet/transactions/a/b"),
                api.postNothing("/api/me"))) {
            assertEquals(
                    "{\"message\":\"Not Found\"}", answer.expect(404).body().toString());
        }
    }

    @Test
    void withoutAToken_everySignedInOperationIsRefusedBeforeItsInputIsLookedAt() {
        api.post(TRANSFER, "amount", "junk").refused(401, "token_missing");
        api.get("/api/wallet/transactions", "limit", "junk").refused(401, "token_missing");
        api.patch("/api/me", "junk", 1).refused(401, "token_missing");
        assertTrue(api.with("authorization", "Basic YTpi")
                .get("/api/me")
                .refused(401, "token_missing")
                .header("www-authenticate")
                .startsWith("Bearer"));
    }

    private void assertPhonesAreNamed(List<String> phones, int status, String code) {
        Api signedIn = scene.people().signUp().api();
        for (String phone : phones) {
            signedIn.withKey("k")
                    .post(TRANSFER, "to_phone", phone, "amount", 1)
                    .refused(status, code)
                    .names("to_phone");
            signedIn.get("/api/wallet/recipients", "phone", phone)
                    .refused(status, code)
                    .names("phone");
        }
    }

    private static void assertNames(Api signedIn, String parameter, String value) {
        signedIn.get("/api/wallet/transactions", parameter, value)
                .refused(400, "invalid_request")
                .names(parameter);
    }

    private void assertRegistrationNames(String body, String field) {
        api.postText("/api/auth/register", body).refused(400, "invalid_request").names(field);
    }
}

package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.testing.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Money that comes in by YAS, through the whole saga, whatever YAS does: wallet, recharge and YAS's books agree. */
final class RechargeTest {
    private static final long AMOUNT = 20_000;

    /** By then YAS knows what the payer decided. */
    private static final Duration DECIDED = Duration.ofSeconds(3);

    private static final Duration FIRST_QUESTION = Duration.ofSeconds(16);
    private static final Duration WINDOW = Duration.ofMinutes(10);

    @RegisterExtension
    final Scene scene = new Scene();

    private final Person afi = scene.people().signUp();

    @Test
    void approved_isPendingThenCredited_andStandsInTheListAllAlong() {
        String id = recharge("success");
        JsonNode pending = transaction(id);
        assertEquals("pending", pending.path("status").textValue());
        assertEquals(AMOUNT, pending.path("amount").longValue());
        assertEquals(0, afi.balance());
        scene.cloud().advance(DECIDED);
        settled(id, "succeeded", AMOUNT, "paid");
        assertEquals("completed", transaction(id).path("status").textValue());
    }

    @Test
    void refused_creditsNothing() {
        String id = recharge("refused");
        scene.cloud().advance(DECIDED);
        settled(id, "failed", 0, "refused");
        assertEquals("failed", transaction(id).path("status").textValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook_twice", "webhook_first", "cut"})
    void approvedWithNoise_isCreditedOnce(String scenario) {
        String id = recharge(scenario);
        scene.cloud().advance(DECIDED);
        settled(id, "succeeded", AMOUNT, "paid");
    }

    @Test
    void approvedWithoutAWord_isFoundByAsking() {
        String id = recharge("silent");
        scene.cloud().advance(DECIDED);
        assertEquals("pending", status(id));
        scene.cloud().advance(FIRST_QUESTION);
        settled(id, "succeeded", AMOUNT, "paid");
    }

    @Test
    void anotherAmountThanAsked_isCreditedToNobody_andWaitsForAPerson() {
        String id = recharge("wrong_amount");
        scene.cloud().advance(DECIDED);
        awaitStatus(afi.api(), id, "review");
        assertEquals(0, afi.balance());
        assertEquals(
                AMOUNT - 100,
                scene.cloud().yasStatement(afi.phone()).path(0).path("amount").longValue());
    }

    @Test
    void webhookFromNobody_isNotBelieved() {
        String id = recharge("forged_webhook");
        scene.cloud().advance(DECIDED);
        scene.api()
                .post(
                        "/webhooks/yas",
                        "code",
                        2002,
                        "idRequete",
                        reference(),
                        "statutRequete",
                        "SUCCES",
                        "typeRequete",
                        "DEBIT",
                        "montant",
                        AMOUNT)
                .expect(200);
        scene.cloud().advance(Duration.ofMinutes(3));
        settled(id, "failed", 0, "refused");
    }

    @Test
    void approvedAfterTheWindow_isExpiredFirst_andCreditedThen() {
        String id = recharge("after_expiry");
        scene.cloud().advance(WINDOW.plusSeconds(1));
        awaitStatus(afi.api(), id, "expired");
        assertEquals(0, afi.balance());
        scene.cloud().advance(WINDOW);
        Api later = afi.signIn();
        awaitStatus(later, id, "succeeded");
        assertEquals(AMOUNT, later.get("/api/wallet/balance").expect(200).number("balance"));
        verified();
    }

    @Test
    void sameKeyAgain_isTheSameRecharge() {
        scene.cloud().yas(afi.phone(), "success");
        Answer first = ask("once").expect(202);
        Answer again = ask("once").expect(202);
        assertEquals(first.text("recharge_id"), again.text("recharge_id"));
        scene.cloud().advance(DECIDED);
        settled(first.text("recharge_id"), "succeeded", AMOUNT, "paid");
        assertEquals(1, scene.cloud().yasStatement(afi.phone()).size());
    }

    @Test
    void anothersRecharge_isNotFound() {
        String id = recharge("success");
        Person kossi = scene.people().signUp();
        kossi.api().get("/api/wallet/recharges/" + id).refused(404, "not_found");
    }

    private String recharge(String scenario) {
        scene.cloud().yas(afi.phone(), scenario);
        Answer taken = ask(UUID.randomUUID().toString()).expect(202);
        assertEquals("pending", taken.text("status"));
        assertTrue(taken.number("poll_after_ms") > 0);
        eventually(
                "YAS is asked", () -> !scene.cloud().yasStatement(afi.phone()).isEmpty());
        return taken.text("recharge_id");
    }

    private Answer ask(String key) {
        return afi.api().withKey(key).post("/api/wallet/recharge", "amount", AMOUNT, "payment_method", "yas");
    }

    private void settled(String id, String status, long balance, String inTheirBooks) {
        awaitStatus(afi.api(), id, status);
        assertEquals(balance, afi.balance());
        JsonNode statement = scene.cloud().yasStatement(afi.phone());
        assertEquals(1, statement.size(), statement::toString);
        assertEquals(inTheirBooks, statement.path(0).path("status").textValue());
        assertEquals(AMOUNT, statement.path(0).path("amount").longValue());
        verified();
    }

    private void verified() {
        JsonNode books = scene.cloud().verify();
        assertTrue(books.path("ok").booleanValue(), books::toString);
    }

    private String status(String id) {
        return afi.api().get("/api/wallet/recharges/" + id).expect(200).text("status");
    }

    private JsonNode transaction(String id) {
        return afi.api()
                .get("/api/wallet/transactions/" + id)
                .expect(200)
                .body()
                .path("transaction");
    }

    private String reference() {
        return scene.cloud().yasStatement(afi.phone()).path(0).path("reference").textValue();
    }

    /** Asks until it is so, as an app does. */
    private static void awaitStatus(Api api, String id, String status) {
        eventually(
                "the recharge is " + status,
                () -> api.get("/api/wallet/recharges/" + id)
                        .expect(200)
                        .text("status")
                        .equals(status));
    }
}

package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static tg.ecom.testing.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who recharges is told how it ended, through outbox, relay, topic and queue. */
final class NotificationsTest {
    private static final long AMOUNT = 20_000;

    /** By then YAS knows what the payer decided, and the clock has called the relay. */
    private static final Duration DECIDED = Duration.ofSeconds(61);

    private static final Duration WINDOW = Duration.ofMinutes(10);

    @RegisterExtension
    final Scene scene = new Scene();

    private final Person afi = scene.people().signUp();

    @Test
    void moneyThatComesAfterItExpired_isTold_inTheAppAndBySms() {
        recharge("after_expiry");
        scene.cloud().advance(WINDOW.plusSeconds(1));
        awaitTold(afi.api(), List.of("recharge_expired"));
        scene.cloud().advance(WINDOW);
        Api later = afi.signIn();
        awaitTold(later, List.of("recharge_late", "recharge_expired"));
        eventually("two SMS", () -> sms().size() == 2);
        assertEquals(
                "Ecom : votre recharge de 20 000 F CFA a été confirmée en retard par l'opérateur. "
                        + "Elle est sur votre compte.",
                sms().getFirst());
    }

    @Test
    void refusal_isTold_andStaysReadOnceItIs_butMoneyThatComesInTimeIsNot() {
        recharge("success");
        scene.cloud().advance(DECIDED);
        eventually("the money comes", () -> afi.balance() == AMOUNT);
        recharge("refused");
        scene.cloud().advance(DECIDED);
        awaitTold(afi.api(), List.of("recharge_failed"));
        JsonNode told = list(afi.api()).path(0);
        assertEquals(
                "Votre recharge de 20 000 F CFA a été refusée par l'opérateur. Votre solde n'a pas changé.",
                told.path("text").textValue());
        assertFalse(told.has("read_at"));
        String path = "/api/notifications/" + told.path("id").textValue() + "/read";
        Answer read = afi.api().put(path).expect(200);
        assertEquals(read.text("read_at"), afi.api().put(path).expect(200).text("read_at"));
        assertEquals(read.body(), list(afi.api()).path(0));
        scene.people().signUp().api().put(path).refused(404, "not_found");
        eventually("one SMS", () -> sms().size() == 1);
    }

    private void recharge(String scenario) {
        scene.cloud().yas(afi.phone(), scenario);
        afi.api()
                .withKey(UUID.randomUUID().toString())
                .post("/api/wallet/recharge", "amount", AMOUNT, "payment_method", "yas")
                .expect(202);
        eventually(
                "YAS is asked", () -> !scene.cloud().yasStatement(afi.phone()).isEmpty());
    }

    private static JsonNode list(Api api) {
        return api.get("/api/notifications").expect(200).body().path("items");
    }

    private static void awaitTold(Api api, List<String> kinds) {
        eventually(kinds + " is told", () -> list(api).findValuesAsText("kind").equals(kinds));
    }

    /** The newest first, without codes. */
    private List<String> sms() {
        List<String> texts = new ArrayList<>();
        for (JsonNode message : scene.cloud().texts(afi.phone())) {
            String text = message.path("text").textValue();
            if (text.contains("recharge")) {
                texts.add(text);
            }
        }
        return texts;
    }
}

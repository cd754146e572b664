package tg.ecom.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tg.ecom.client.Answer;
import tg.ecom.client.Person;

/** Money comes in from YAS, whose webhook comes twice. */
final class Recharging {
    static final long AMOUNT = 40_000;

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int WEBHOOKS = 2;
    private static final Duration APPROVAL = Duration.ofSeconds(3);

    private final Stage stage;

    Recharging(Stage stage) {
        this.stage = stage;
    }

    void play(Person afi) {
        stage.narrator().chapter(4, "Afi recharges by YAS, and YAS tells it twice");
        stage.tools().playYas("webhook_twice", afi.phone());
        Answer asked = afi.post(
                "/api/wallet/recharge",
                UUID.randomUUID().toString(),
                Map.of("amount", AMOUNT, "payment_method", "yas"));
        String id = asked.expect(ACCEPTED).path("recharge_id").asText();
        stage.narrator().call(asked, "YAS asks Afi's phone for her secret code");
        stage.await("YAS was asked", () -> statement(afi).stream().findFirst());
        stage.timePasses(APPROVAL, "she has typed it");
        JsonNode recharge = stage.await("the recharge succeeded", () -> succeeded(afi, id));
        stage.narrator()
                .say("POST /webhooks/yas: anybody can send that, so YAS is asked back, and its answer is what counts.");
        stage.await(
                "YAS told it twice",
                () -> statement(afi).stream()
                        .filter(item -> item.path("webhooks_taken").asInt() == WEBHOOKS)
                        .findFirst());
        stage.await(
                "the saga of the recharge ended",
                () -> stage.tools()
                        .execution(id)
                        .filter(execution -> execution.path("status").asText().equals("SUCCEEDED")));
        Stage.same(AMOUNT, recharge.path("amount").longValue(), "the recharge's amount");
        Stage.same(1, statement(afi).size(), "the number of payments in YAS's books");
        Stage.same(AMOUNT, Stage.wallet(afi).balance(), "Afi's balance");
        Stage.same(1, credits(afi), "the number of credits");
        stage.holds(true, "told %d times, credited once: Afi has %s".formatted(WEBHOOKS, Francs.of(AMOUNT)));
    }

    private List<JsonNode> statement(Person afi) {
        return stage.tools().yasStatement(afi.phone());
    }

    private static Optional<JsonNode> succeeded(Person afi, String id) {
        JsonNode recharge = afi.get("/api/wallet/recharges/" + id).expect(OK);
        return Optional.of(recharge)
                .filter(found -> found.path("status").asText().equals("succeeded"));
    }

    private static int credits(Person afi) {
        return afi.get("/api/wallet/transactions?type=credit&category=recharge")
                .expect(OK)
                .path("items")
                .size();
    }
}

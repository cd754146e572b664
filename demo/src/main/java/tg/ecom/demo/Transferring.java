package tg.ecom.demo;

import java.util.Map;
import java.util.UUID;
import tg.ecom.client.Answer;
import tg.ecom.client.Person;

/** Money goes from one person to another, once for a key; and twice it does not, by a limit and by the balance. */
final class Transferring {
    static final long AMOUNT = 2_500;

    /** More than the first tier may send at once, and less than Afi has. */
    private static final long ABOVE_LIMIT = 26_000;

    /** More than Kossi has. */
    private static final long ABOVE_BALANCE = 3_000;

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int UNPROCESSABLE = 422;

    private final Stage stage;

    Transferring(Stage stage) {
        this.stage = stage;
    }

    void play(Person afi, Person kossi) {
        stage.narrator().chapter(5, "Afi pays Kossi for lunch; her network drops, and her app sends it again");
        String key = "lunch-" + UUID.randomUUID();
        Answer first = transfer(afi, kossi, AMOUNT, key);
        String transfer = first.expect(CREATED).path("transfer_id").asText();
        stage.narrator().call(first, Francs.of(AMOUNT) + " to " + kossi.phone());
        Answer again = transfer(afi, kossi, AMOUNT, key);
        stage.narrator().call(again, "the same Idempotency-Key, the same receipt");
        Stage.same(transfer, again.expect(CREATED).path("transfer_id").asText(), "the transfer of the second answer");
        unchanged(afi, kossi);
        stage.holds(
                true,
                "one transfer: Afi has %s, Kossi %s"
                        .formatted(Francs.of(Recharging.AMOUNT - AMOUNT), Francs.of(AMOUNT)));
    }

    void playRefusals(Person afi, Person kossi) {
        stage.narrator().chapter(6, "What they can't do");
        refused(afi, kossi, ABOVE_LIMIT, "limit_exceeded");
        refused(kossi, afi, ABOVE_BALANCE, "insufficient_funds");
        unchanged(afi, kossi);
        stage.holds(true, "nothing moved, and neither refusal counts against a limit");
    }

    private void refused(Person payer, Person payee, long amount, String code) {
        Answer answer = transfer(payer, payee, amount, UUID.randomUUID().toString());
        answer.expectProblem(UNPROCESSABLE, code);
        stage.narrator().call(answer, "%s: %s".formatted(Francs.of(amount), answer.text("detail")));
    }

    private static Answer transfer(Person payer, Person payee, long amount, String key) {
        return payer.post("/api/wallet/transfer", key, Map.of("to_phone", payee.phone(), "amount", amount));
    }

    private static void unchanged(Person afi, Person kossi) {
        Stage.same(Recharging.AMOUNT - AMOUNT, Stage.wallet(afi).balance(), "Afi's balance");
        Stage.same(AMOUNT, Stage.wallet(kossi).balance(), "Kossi's balance");
        Stage.same(AMOUNT, spentToday(afi), "what Afi has sent today");
        Stage.same(0L, spentToday(kossi), "what Kossi has sent today");
    }

    private static long spentToday(Person person) {
        return person.get("/api/wallet/balance")
                .expect(OK)
                .at("/limits/daily/used")
                .longValue();
    }
}

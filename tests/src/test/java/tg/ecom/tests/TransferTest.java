package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tg.ecom.testing.Together;

/** Money sent from one person to another, once however often it is asked. */
final class TransferTest {
    private static final int THREADS = 20;
    private static final int WRONG_NUMBERS_AN_HOUR_MAX = 20;
    private static final Duration KEYS_KEPT = Duration.ofDays(7);

    @RegisterExtension
    final Scene scene = new Scene();

    private final People people = scene.people();

    @Test
    void transfer_movesTheMoneyAndAnswersWithTheReceipt() {
        Person afi = people.signUpWith(1_000);
        Person kossi = people.signUp("Kossi", "Agbéko");
        JsonNode receipt = transfer(afi, "k", kossi, 300).expect(201).body();
        assertEquals("Kossi A.", receipt.path("to").textValue());
        assertEquals(300, receipt.path("amount").longValue());
        assertEquals(700, receipt.path("balance").longValue());
        assertEquals(700, afi.balance());
        assertEquals(300, kossi.balance());
    }

    @Test
    void sameKeyTwice_givesTheSameAnswer_evenWhenMoreHasHappenedAndTheFieldsAreInAnotherOrder() {
        Person afi = people.signUpWith(1_000);
        Person kossi = people.signUp();
        Answer first = transfer(afi, "lunch", kossi, 300).expect(201);
        transfer(afi, "dinner", kossi, 200).expect(201);
        Answer again = afi.api()
                .withKey("lunch")
                .post("/api/wallet/transfer", "amount", 300, "to_phone", kossi.phone())
                .expect(201);
        assertEquals(first.body(), again.body());
        assertEquals(500, afi.balance());
    }

    @Test
    void twentyThreadsWithOneKey_haveOneEffectAndOneAnswer() {
        Person afi = people.signUpWith(1_000);
        Person kossi = people.signUp();
        List<Answer> answers = Together.call(THREADS, () -> transfer(afi, "at-once", kossi, 10));
        Set<JsonNode> bodies =
                answers.stream().map(answer -> answer.expect(201).body()).collect(Collectors.toSet());
        assertEquals(1, bodies.size());
        assertEquals(990, afi.balance());
        assertEquals(10, kossi.balance());
    }

    @Test
    void sameKeyWithAnotherBody_isRefused() {
        Person afi = people.signUpWith(1_000);
        Person kossi = people.signUp();
        transfer(afi, "k", kossi, 300).expect(201);
        transfer(afi, "k", kossi, 301).refused(409, "idempotency_key_reused");
        transfer(afi, "k", afi, 300).refused(409, "idempotency_key_reused");
        afi.api()
                .withKey("k")
                .post("/api/wallet/transfer", "to_phone", kossi.phone(), "amount", 300, "note", "more")
                .refused(409, "idempotency_key_reused");
        assertEquals(700, afi.balance());
    }

    @Test
    void sameKeyOfSomebodyElse_isAnotherKey() {
        Person afi = people.signUpWith(1_000);
        Person kossi = people.signUpWith(1_000);
        transfer(afi, "k", kossi, 300).expect(201);
        transfer(kossi, "k", afi, 200).expect(201);
        assertEquals(900, afi.balance());
    }

    @Test
    void keyOfARefusedTransfer_maySucceedLater() {
        Person afi = people.signUpWith(100);
        Person kossi = people.signUp();
        transfer(afi, "k", kossi, 300).refused(422, "insufficient_funds");
        scene.cloud().fund(afi.phone(), 500);
        transfer(afi, "k", kossi, 300).expect(201);
        assertEquals(300, afi.balance());
    }

    @Test
    void keyIsKeptForSevenDays() {
        Person afi = people.signUpWith(1_000);
        Person kossi = people.signUp();
        Answer first = transfer(afi, "k", kossi, 300).expect(201);
        scene.cloud().advance(KEYS_KEPT.minusHours(1));
        Answer again = afi.signIn()
                .withKey("k")
                .post("/api/wallet/transfer", "to_phone", kossi.phone(), "amount", 300)
                .expect(201);
        assertEquals(first.body(), again.body());
    }

    @Test
    void moreThanIsThere_isRefusedAndSaysWhatIs() {
        Person afi = people.signUpWith(1_000);
        Person kossi = people.signUp();
        Answer refused = transfer(afi, "k", kossi, 1_001).refused(422, "insufficient_funds");
        assertEquals(1_000, refused.number("available"));
        assertEquals(1_000, afi.balance());
        transfer(afi, "k", kossi, 1_000).expect(201);
        assertEquals(0, afi.balance());
    }

    @Test
    void balanceSpentFromTwentyThreads_neverGoesBelowZero() {
        Person afi = people.signUpWith(1_000);
        Person kossi = people.signUp();
        List<Answer> answers = Together.call(THREADS, () -> afi.send(150, kossi));
        long done = answers.stream().filter(answer -> answer.status() == 201).count();
        assertEquals(6, done);
        assertTrue(answers.stream()
                .filter(answer -> answer.status() != 201)
                .allMatch(answer -> answer.code().equals("insufficient_funds")));
        assertEquals(100, afi.balance());
        assertEquals(900, kossi.balance());
    }

    @Test
    void unknownRecipient_isRefused() {
        Person afi = people.signUpWith(1_000);
        afi.api()
                .withKey("k")
                .post("/api/wallet/transfer", "to_phone", people.newPhone(), "amount", 100)
                .refused(404, "recipient_unknown");
        assertEquals(1_000, afi.balance());
    }

    @Test
    void numbersTriedInVain_areCounted_andTellNothingMoreOnceTheyAreTooMany() {
        Person afi = people.signUpWith(1_000);
        Person kossi = people.signUp();
        for (int count = 0; count < WRONG_NUMBERS_AN_HOUR_MAX; count++) {
            pay(afi, people.newPhone()).refused(404, "recipient_unknown");
        }
        pay(afi, people.newPhone()).refused(429, "too_many_requests");
        pay(afi, kossi.phone()).refused(429, "too_many_requests");
        assertEquals(1_000, afi.balance());
        assertEquals(0, kossi.balance());
    }

    @Test
    void toOneself_isRefused() {
        Person afi = people.signUpWith(1_000);
        transfer(afi, "k", afi, 100).refused(422, "self_transfer");
    }

    @Test
    void moreThanTheRecipientMayHold_isRefusedWithoutSayingWhatTheyHave() {
        Person afi = people.signUpWith(1_000);
        Person kossi = people.signUpWith(1_999_900);
        Answer refused = transfer(afi, "k", kossi, 101).refused(422, "balance_cap_exceeded");
        assertTrue(refused.body().path("left").isMissingNode());
        transfer(afi, "k", kossi, 100).expect(201);
    }

    @Test
    void noteWithControlCharactersOrMarkup_isRefused() {
        Person afi = people.signUpWith(1_000);
        for (String note : new String[] {"a\u0000b", "a\nb", "\u202Eabc", "<b>", "", "x".repeat(141)}) {
            afi.api()
                    .withKey("k")
                    .post("/api/wallet/transfer", "to_phone", "+22890000001", "amount", 1, "note", note)
                    .refused(400, "invalid_request")
                    .names("note");
        }
    }

    @Test
    void noteInAnyLanguage_arrivesAsItWasWritten() {
        Person afi = people.signUpWith(1_000);
        Person kossi = people.signUp();
        String note = "Akpé kaka ɖe nuɖuɖua ta; l’été 🎉";
        afi.api()
                .withKey("k")
                .post("/api/wallet/transfer", "to_phone", kossi.phone(), "amount", 1, "note", note)
                .expect(201);
        JsonNode items =
                kossi.api().get("/api/wallet/transactions").expect(200).body().path("items");
        assertEquals(note, items.path(0).path("description").textValue());
    }

    private static Answer pay(Person payer, String phone) {
        return payer.api()
                .withKey(UUID.randomUUID().toString())
                .post("/api/wallet/transfer", "to_phone", phone, "amount", 100);
    }

    private static Answer transfer(Person from, String key, Person to, long amount) {
        return from.api().withKey(key).post("/api/wallet/transfer", "to_phone", to.phone(), "amount", amount);
    }
}

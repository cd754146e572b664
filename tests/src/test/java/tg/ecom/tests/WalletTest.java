package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people see of their wallets, and of each other's. */
final class WalletTest {
    private static final int LOOKUPS_AN_HOUR_MAX = 60;
    private static final int PAGES_MAX = 50;

    @RegisterExtension
    final Scene scene = new Scene();

    private final People people = scene.people();

    @Test
    void balance_followsWhatCameAndWent() {
        Person afi = people.signUpWith(10_000);
        Person kossi = people.signUp();
        afi.send(3_000, kossi).expect(201);
        JsonNode wallet = afi.api().get("/api/wallet/balance").expect(200).body();
        assertEquals(7_000, wallet.path("balance").longValue());
        assertEquals(7_000, wallet.path("available").longValue());
        assertEquals(0, wallet.path("held").longValue());
        assertEquals(3_000, wallet.at("/limits/daily/used").longValue());
        assertEquals(50_000, wallet.at("/limits/daily/limit").longValue());
        assertEquals(3_000, wallet.at("/limits/monthly/used").longValue());
        assertEquals(500_000, wallet.at("/limits/monthly/limit").longValue());
        assertEquals(25_000, wallet.at("/limits/single").longValue());
        assertEquals(3_000, kossi.balance());
    }

    @Test
    void transactions_areListedNewestFirst_pageByPageWithoutLossOrDuplicate() {
        Person afi = people.signUpWith(1_000);
        Person kossi = people.signUp();
        for (int amount = 1; amount <= 11; amount++) {
            afi.send(amount, kossi).expect(201);
        }
        for (int limit : new int[] {1, 4, 5, 12, 100}) {
            List<JsonNode> items = pages(afi.api(), limit);
            assertEquals(12, items.size(), () -> "with pages of " + limit);
            assertEquals(12, new HashSet<>(items).size());
            List<Long> amounts =
                    items.stream().map(item -> item.path("amount").longValue()).toList();
            assertEquals(List.of(11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L, 1_000L), amounts);
        }
    }

    @Test
    void pages_loseNothingWhenMoneyMovesInBetween() {
        Person afi = people.signUpWith(1_000);
        Person kossi = people.signUp();
        for (int amount = 1; amount <= 4; amount++) {
            afi.send(amount, kossi).expect(201);
        }
        Answer first = afi.api().get("/api/wallet/transactions", "limit", 2).expect(200);
        afi.send(5, kossi).expect(201);
        Answer second = afi.api()
                .get("/api/wallet/transactions", "limit", 2, "cursor", first.text("next_cursor"))
                .expect(200);
        assertEquals(List.of(4L, 3L), amounts(first));
        assertEquals(List.of(2L, 1L), amounts(second));
    }

    @Test
    void filters_leaveOutWhatDoesNotFit() {
        Person afi = people.signUpWith(1_000);
        Person kossi = people.signUp();
        afi.send(10, kossi).expect(201);
        scene.cloud().advance(Duration.ofSeconds(5));
        Instant between = scene.cloud().now();
        scene.cloud().advance(Duration.ofSeconds(5));
        kossi.send(4, afi).expect(201);
        assertEquals(List.of(10L), filtered(afi, "type", "debit"));
        assertEquals(List.of(4L, 1_000L), filtered(afi, "type", "credit"));
        assertEquals(List.of(4L, 10L), filtered(afi, "category", "transfer"));
        assertEquals(List.of(1_000L), filtered(afi, "category", "recharge"));
        assertEquals(List.of(), filtered(afi, "category", "refund"));
        assertEquals(List.of(4L, 10L, 1_000L), filtered(afi, "status", "completed"));
        assertEquals(List.of(), filtered(afi, "status", "pending"));
        assertEquals(List.of(4L), filtered(afi, "from", between));
        assertEquals(List.of(10L, 1_000L), filtered(afi, "to", between));
        assertEquals(List.of(4L), filtered(afi, "from", between, "category", "transfer", "type", "credit"));
    }

    @Test
    void receipt_namesBothSides_theOtherMasked() {
        Person afi = people.signUpWith(1_000);
        Person kossi = people.signUp("Kossi", "Agbéko");
        Answer sent = afi.api()
                .withKey("receipt")
                .post("/api/wallet/transfer", "to_phone", kossi.phone(), "amount", 250, "note", "le déjeuner")
                .expect(201);
        JsonNode payers = transaction(afi.api(), sent.text("transaction_id"));
        assertEquals("Vous", payers.at("/receipt/from").textValue());
        assertEquals("Kossi A.", payers.at("/receipt/to").textValue());
        assertEquals("le déjeuner", payers.at("/receipt/note").textValue());
        assertEquals(sent.text("transfer_id"), payers.at("/receipt/transfer_id").textValue());
        assertEquals(750, payers.at("/transaction/balance_after").longValue());
        String payeesId = kossi.api()
                .get("/api/wallet/transactions")
                .expect(200)
                .body()
                .at("/items/0/id")
                .textValue();
        JsonNode payees = transaction(kossi.api().speaking("en"), payeesId);
        assertEquals("Afi M.", payees.at("/receipt/from").textValue());
        assertEquals("You", payees.at("/receipt/to").textValue());
        assertEquals(sent.text("transfer_id"), payees.at("/receipt/transfer_id").textValue());
        assertEquals(sent.text("at"), payees.at("/receipt/at").textValue());
    }

    @Test
    void transactionOfSomebodyElse_isNotFound_likeOneThatThereIsNot() {
        Person afi = people.signUpWith(1_000);
        Person kossi = people.signUp();
        String id = afi.send(10, kossi).expect(201).text("transaction_id");
        Answer others = kossi.api().get("/api/wallet/transactions/" + id).refused(404, "not_found");
        Answer none = kossi.api()
                .get("/api/wallet/transactions/01980000-0000-7000-8000-000000000000")
                .refused(404, "not_found");
        assertEquals(none.text("detail"), others.text("detail"));
        kossi.api()
                .get("/api/wallet/transactions/junk")
                .refused(400, "invalid_request")
                .names("id");
    }

    @Test
    void recipient_isShownMasked() {
        Person afi = people.signUp();
        Person kossi = people.signUp("Kossi", "Agbéko");
        Answer shown = afi.api()
                .get("/api/wallet/recipients", "phone", kossi.phone().substring(4))
                .expect(200);
        assertEquals("Kossi A.", shown.text("name"));
        assertEquals(kossi.phone(), shown.text("phone"));
        afi.api().get("/api/wallet/recipients", "phone", people.newPhone()).refused(404, "recipient_unknown");
    }

    @Test
    void recipientsCanBeLookedUpSoOftenAnHour_andThenNoMore() {
        Person afi = people.signUp();
        Person kossi = people.signUp();
        scene.cloud().advanceTo(startOfNextHour());
        Api signedIn = afi.signIn();
        for (int lookup = 0; lookup < LOOKUPS_AN_HOUR_MAX; lookup++) {
            signedIn.get("/api/wallet/recipients", "phone", kossi.phone()).expect(200);
        }
        Answer refused =
                signedIn.get("/api/wallet/recipients", "phone", kossi.phone()).refused(429, "too_many_requests");
        assertTrue(Integer.parseInt(refused.header("retry-after")) > 0);
        kossi.signIn().get("/api/wallet/recipients", "phone", afi.phone()).expect(200);
        scene.cloud().advanceTo(startOfNextHour());
        afi.signIn().get("/api/wallet/recipients", "phone", kossi.phone()).expect(200);
    }

    private Instant startOfNextHour() {
        long hour = Duration.ofHours(1).toSeconds();
        return Instant.ofEpochSecond((scene.cloud().now().getEpochSecond() / hour + 1) * hour);
    }

    private static JsonNode transaction(Api signedIn, String id) {
        return signedIn.get("/api/wallet/transactions/" + id).expect(200).body();
    }

    private static List<Long> filtered(Person person, Object... filters) {
        return amounts(person.api().get("/api/wallet/transactions", filters).expect(200));
    }

    private static List<Long> amounts(Answer page) {
        List<Long> amounts = new ArrayList<>();
        page.body()
                .path("items")
                .forEach(item -> amounts.add(item.path("amount").longValue()));
        return amounts;
    }

    private static List<JsonNode> pages(Api signedIn, int limit) {
        List<JsonNode> items = new ArrayList<>();
        Answer page = signedIn.get("/api/wallet/transactions", "limit", limit).expect(200);
        page.body().path("items").forEach(items::add);
        for (int count = 1; page.body().has("next_cursor"); count++) {
            assertTrue(count < PAGES_MAX, "the pages do not end");
            page = signedIn.get("/api/wallet/transactions", "limit", limit, "cursor", page.text("next_cursor"))
                    .expect(200);
            page.body().path("items").forEach(items::add);
        }
        return items;
    }
}

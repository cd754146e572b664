package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.testing.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the console shows, as the tools tell it. */
final class ConsoleToolsTest {
    /** As many as a page of entries has. */
    private static final int PAGE = 50;

    @RegisterExtension
    final Scene scene = new Scene();

    private final Person afi = scene.people().signUp();

    @Test
    void walletHasItsEntriesNewestFirst_andPagesThatLeaveNothingOut() {
        Person kossi = scene.people().signUp();
        scene.cloud().fund(afi.phone(), 20_000);
        for (int count = 0; count < PAGE + 3; count++) {
            afi.api()
                    .withKey(UUID.randomUUID().toString())
                    .post("/api/wallet/transfer", "to_phone", kossi.phone(), "amount", 100 + count, "note", "n" + count)
                    .expect(201);
        }
        String id = withPhone(afi).path("wallet_id").textValue();
        List<JsonNode> entries = entries(id);
        assertEquals(PAGE + 4, entries.size());
        long balance = 0;
        for (JsonNode entry : entries.reversed()) {
            balance += entry.path("amount").longValue();
            assertEquals(balance, entry.path("balance_after").longValue());
        }
        JsonNode newest = entries.getFirst();
        assertEquals(-(100 + PAGE + 2), newest.path("amount").longValue());
        assertEquals("n" + (PAGE + 2), newest.path("description").textValue());
        assertEquals(
                withPhone(kossi).path("wallet_id").textValue(),
                newest.path("counterparty_wallet_id").textValue());
        JsonNode wallet = get("wallets/" + id);
        assertEquals(balance, wallet.path("balance").longValue());
        assertEquals(20_000 - balance, wallet.path("limits").path("spent_day").longValue());
    }

    @Test
    void floatOfYas_hasEveryEntryOnce_thoughNothingNumbersThem() {
        for (int count = 0; count < PAGE + 1; count++) {
            scene.cloud().fund(afi.phone(), 1);
        }
        JsonNode own = get("wallets").path("own");
        JsonNode yas = own.path(0);
        assertEquals("float_yas", yas.path("purpose").textValue());
        List<JsonNode> entries = entries(yas.path("wallet_id").textValue());
        HashSet<String> ids = new HashSet<>();
        entries.forEach(entry -> ids.add(entry.path("entry_id").textValue()));
        assertEquals(entries.size(), ids.size());
        assertEquals(
                get("wallets").path("own").path(0).path("balance").longValue(),
                entries.stream()
                        .mapToLong(entry -> entry.path("amount").longValue())
                        .sum());
    }

    @Test
    void peopleAreListedNewestFirst_byTheNameThatOthersSee_withoutPhonesOrHashes() {
        Person kossi = scene.people().signUp();
        Http.Response answer = tool("wallets");
        JsonNode first = answer.json().path("items").path(0);
        assertEquals(withPhone(kossi), first);
        assertEquals("Afi M.", first.path("display_name").textValue());
        assertFalse(answer.text().contains(kossi.phone().substring(4)));
        assertFalse(answer.text().contains("hash"));
    }

    @Test
    void phoneOfNobody_findsNobody() {
        assertTrue(get("wallets?phone=" + scene.people().newPhone().substring(1))
                .path("items")
                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wallets?phone=zz",
                "wallets?cursor=zz",
                "wallets?cursor=MQ",
                "wallets/00000000-0000-7000-8000-000000000001?cursor=MQ",
                "executions?status=nope",
                "executions?cursor=zz",
                "executions/nope?after=x"
            })
    void nonsense_isRefusedInASentence(String path) {
        Http.Response answer = tool(path);
        assertTrue(answer.status() == 400 || answer.status() == 404, answer::text);
        assertFalse(answer.json().path("message").textValue().isBlank());
    }

    @ParameterizedTest
    @ValueSource(strings = {"wallets/nope", "wallets/00000000-0000-7000-8000-0000000000ff", "executions/nope"})
    void unknown_isNotFound(String path) {
        assertEquals(404, tool(path).status());
    }

    @Test
    void executionHasTheDefinitionThatItRunsBy_andOnlyNewEventsForWhoHasTheRest() {
        scene.cloud().yas(afi.phone(), "success");
        String id = afi.api()
                .withKey(UUID.randomUUID().toString())
                .post("/api/wallet/recharge", "amount", 5_000, "payment_method", "yas")
                .expect(202)
                .text("recharge_id");
        eventually("it has begun", () -> tool("executions/" + id).status() == 200);
        scene.cloud().advance(Duration.ofSeconds(3));
        eventually(
                "it ends",
                () -> get("executions/" + id).path("status").textValue().equals("SUCCEEDED"));
        JsonNode whole = get("executions/" + id);
        assertEquals("Initiate", whole.path("definition").path("StartAt").textValue());
        int last = whole.path("history").size();
        assertEquals(last, whole.path("history").path(last - 1).path("id").intValue());
        JsonNode rest = get("executions/" + id + "?after=" + (last - 2) + "&state_machine="
                + whole.path("state_machine").textValue());
        assertEquals(2, rest.path("history").size());
        assertEquals(last - 1, rest.path("history").path(0).path("id").intValue());
        assertTrue(rest.path("definition").isMissingNode());
        JsonNode listed = get("executions?status=SUCCEEDED&state_machine=ecom-local-charge");
        assertTrue(listed.path("items").findValuesAsText("name").contains(id));
        assertEquals(404, tool("executions/" + id + "?state_machine=other").status());
    }

    @Test
    void clockTellsTheTimeThatFunctionsHave() {
        Instant before = Instant.parse(get("clock").path("now").textValue());
        Instant moved = scene.cloud().advance(Duration.ofSeconds(5));
        assertFalse(moved.isBefore(before.plusSeconds(5)));
        assertFalse(Instant.parse(get("clock").path("now").textValue()).isBefore(moved));
    }

    @Test
    void operatorsAreListed() {
        assertTrue(get("operators").path("items").toString().contains("\"yas\""));
    }

    private List<JsonNode> entries(String wallet) {
        List<JsonNode> entries = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get("wallets/" + wallet + (cursor.isEmpty() ? "" : "?cursor=" + cursor));
            page.path("entries").forEach(entries::add);
            cursor = page.path("next_cursor").asText("");
        } while (!cursor.isEmpty());
        return entries;
    }

    private JsonNode withPhone(Person person) {
        return get("wallets?phone=" + person.phone().substring(1)).path("items").path(0);
    }

    private JsonNode get(String path) {
        Http.Response answer = tool(path);
        assertEquals(200, answer.status(), answer::text);
        return answer.json();
    }

    private Http.Response tool(String path) {
        return scene.cloud().tool("GET", path, "");
    }
}

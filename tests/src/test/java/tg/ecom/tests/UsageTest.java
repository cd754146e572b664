package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.testing.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the one-machine cloud tells of what was used of AWS. Others may use it meanwhile, so figures are the least. */
final class UsageTest {
    private static final double TOLERANCE_USD = 1e-8;

    @RegisterExtension
    final Scene scene = new Scene();

    @Test
    void whatAPersonDoes_isTheDifferenceOfTwoReadings() {
        JsonNode before = usage();
        Person afi = scene.people().signUp();
        afi.api().get("/api/wallet/balance").expect(200);
        JsonNode after = usage();
        // send-otp, verify-otp, register, balance.
        assertTrue(more("API Gateway requests", before, after) >= 4);
        assertTrue(more("Lambda invocations", before, after) >= 4);
        assertTrue(more("Lambda GB-seconds, arm64", before, after) > 0);
        assertTrue(more("DynamoDB writes", before, after) >= 1);
        assertTrue(more("SNS text messages", before, after) >= 1);
        assertTrue(cost(after) > cost(before));
    }

    @Test
    void saga_isCountedInTransitions() {
        Person afi = scene.people().signUp();
        scene.cloud().yas(afi.phone(), "success");
        JsonNode before = usage();
        String id = afi.api()
                .withKey(UUID.randomUUID().toString())
                .post("/api/wallet/recharge", "amount", 5_000, "payment_method", "yas")
                .expect(202)
                .text("recharge_id");
        eventually("YAS is asked", () -> scene.cloud().yasStatement(afi.phone()).size() == 1);
        scene.cloud().advance(Duration.ofSeconds(3));
        eventually("the saga ends", () -> scene.cloud().executionStatus(id).equals("SUCCEEDED"));
        eventually("its transitions are told", () -> more("Step Functions transitions", before, usage()) >= 3);
    }

    @Test
    void clock_hasFunctionsRunThatStandApart() {
        JsonNode before = usage().path("by_the_clock");
        scene.cloud().advance(Duration.ofMinutes(1));
        eventually(
                "the relay and others ran",
                () -> more("Lambda invocations", before, usage().path("by_the_clock")) >= 3);
    }

    @Test
    void everyItemSaysWhatItCosts_orWhyThatIsNotKnown_andTheSumIsOfThose() {
        JsonNode usage = usage();
        for (JsonNode part : List.of(usage, usage.path("by_the_clock"))) {
            double sum = 0;
            for (JsonNode item : part.path("items")) {
                assertTrue(item.path("count").isNumber(), item::toString);
                assertFalse(item.path("unit").textValue().isBlank());
                assertEquals(item.has("list_price"), item.path("cost_usd").isNumber(), item::toString);
                assertEquals(item.has("list_price"), !item.has("unpriced"), item::toString);
                sum += item.path("cost_usd").doubleValue();
            }
            assertEquals(sum, cost(part), TOLERANCE_USD);
        }
        assertEquals(405, scene.cloud().tool("POST", "usage", "{}").status());
    }

    private static double more(String name, JsonNode before, JsonNode after) {
        return count(name, after) - count(name, before);
    }

    private static double count(String name, JsonNode usage) {
        for (JsonNode item : usage.path("items")) {
            if (item.path("name").textValue().equals(name)) {
                return item.path("count").doubleValue();
            }
        }
        throw new AssertionError(name + " is not in " + usage);
    }

    private static double cost(JsonNode usage) {
        return usage.path("cost_usd").doubleValue();
    }

    private JsonNode usage() {
        Http.Response answer = scene.cloud().tool("GET", "usage", "");
        assertEquals(200, answer.status(), answer::text);
        return answer.json();
    }
}

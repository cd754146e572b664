package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tg.ecom.kernel.Cursor;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.UserId;

class JsonTest {
    record Paid(Money amount) {}

    record MaybePaid(Optional<Money> amount) {}

    record Counted(int count) {}

    record Everything(
            UserId userId,
            List<EntryId> entries,
            Role role,
            Language language,
            Phone toPhone,
            Money amount,
            Cursor cursor,
            Instant createdAt,
            Optional<LocalDate> bornOn,
            Optional<Money> fare) {}

    @Property
    void everyAmount_isWrittenAsAnIntegerAndReadBack(@ForAll @LongRange(min = 0, max = Money.AMOUNT_MAX) long amount)
            throws JsonProcessingException {
        String json = Json.mapper().writeValueAsString(new Paid(new Money(amount)));
        assertEquals("{\"amount\":" + amount + "}", json);
        assertEquals(new Paid(new Money(amount)), Json.mapper().readValue(json, Paid.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "500.0",
                "500.5",
                "5e2",
                "5E2",
                "\"500\"",
                "-1",
                "1000000000001",
                "9223372036854775808",
                "99999999999999999999999999",
                "1e1000000000",
                "true",
                "[500]",
                "{\"amount\":500}"
            })
    void whatIsNoWholeAmountWithinBounds_isNoMoney(String amount) {
        String json = "{\"amount\":" + amount + "}";
        assertThrows(JsonProcessingException.class, () -> Json.mapper().readValue(json, Paid.class));
        assertThrows(
                JsonProcessingException.class,
                () -> Json.mapper().treeToValue(Json.mapper().readTree(json), Paid.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"amount\":null}"})
    void whatIsMissing_isNoValueUnlessItIsOptional(String json) throws JsonProcessingException {
        assertThrows(JsonProcessingException.class, () -> Json.mapper().readValue(json, Paid.class));
        assertEquals(new MaybePaid(Optional.empty()), Json.mapper().readValue(json, MaybePaid.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.0", "3.5", "3e0", "\"3\"", "null", "true", "3000000000"})
    void whatIsNoInteger_isNoCount(String count) {
        String json = "{\"count\":" + count + "}";
        assertThrows(JsonProcessingException.class, () -> Json.mapper().readValue(json, Counted.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{} {}",
                "{}x",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{'a':1}",
                "{\"a\":1,}",
                "// no\n{}",
                "{\"a\":\"\u0001\"}"
            })
    void whatIsNotStrictJson_isRefused(String json) {
        assertThrows(JsonProcessingException.class, () -> Json.mapper().readTree(json));
    }

    @Test
    void deepNesting_isRefusedBeforeItCosts() throws JsonProcessingException {
        assertThrows(JsonProcessingException.class, () -> Json.mapper().readTree("[".repeat(100_000)));
        assertThrows(JsonProcessingException.class, () -> Json.mapper().readTree("[".repeat(33) + "]".repeat(33)));
        assertEquals(1, Json.mapper().readTree("[".repeat(32) + "]".repeat(32)).size());
    }

    @Test
    void valuesOfEveryKind_comeBackAsTheyWere() throws JsonProcessingException {
        UUID id = UUID.fromString("01980000-0000-7000-8000-000000000000");
        Everything value = new Everything(
                new UserId(id),
                List.of(new EntryId(id)),
                Role.STORE_OWNER,
                Language.ENGLISH,
                Phone.of("90123456"),
                new Money(500),
                new Cursor("2026/é"),
                Instant.parse("2026-11-23T08:00:00.123456Z"),
                Optional.of(LocalDate.of(1990, 2, 28)),
                Optional.empty());
        String json = Json.mapper().writeValueAsString(value);
        assertEquals("""
                {"user_id":"01980000-0000-7000-8000-000000000000","entries":["01980000-0000-7000-8000-000000000000"],\
                "role":"store_owner","language":"en","to_phone":"+22890123456","amount":500,"cursor":"MjAyNi_DqQ",\
                "created_at":"2026-11-23T08:00:00.123456Z","born_on":"1990-02-28"}""", json);
        assertEquals(value, Json.mapper().readValue(json, Everything.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user_id\":\"x\"}",
                "{\"user_id\":\"1-1-1-1-1\"}",
                "{\"user_id\":1}",
                "{\"role\":\"STORE_OWNER\"}",
                "{\"role\":\"king\"}",
                "{\"role\":0}",
                "{\"language\":\"de\"}",
                "{\"language\":\"french\"}",
                "{\"to_phone\":\"12\"}",
                "{\"to_phone\":90123456}",
                "{\"cursor\":\"a b\"}",
                "{\"created_at\":\"yesterday\"}",
                "{\"born_on\":\"1990-02-30\"}",
                "{\"entries\":\"01980000-0000-7000-8000-000000000000\"}"
            })
    void valueThatItsTypeRefuses_isRefused(String json) {
        assertThrows(JsonProcessingException.class, () -> Json.mapper().readValue(json, Everything.class));
    }
}

package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.Problem;
import tg.ecom.kernel.ProblemException;
import tg.ecom.platform.CommonProblem.Invalid;
import tg.ecom.platform.CommonProblem.Malformed;
import tg.ecom.platform.CommonProblem.TooLarge;
import tg.ecom.platform.CommonProblem.UnsupportedMediaType;

class RequestReaderTest {
    private static final String BODY = "{\"to_phone\":\"90123456\",\"amount\":500}";

    record Transfer(Phone toPhone, Money amount, Optional<String> note) {}

    record Listing(Optional<String> type, Optional<String> cursor, int limit) {}

    record OneTransaction(EntryId id) {}

    @Test
    void goodBody_becomesTheRequest() {
        RequestReader.Read<Transfer> read = transfer(BODY);
        assertEquals(new Transfer(Phone.of("90123456"), new Money(500), Optional.empty()), read.request());
        assertEquals(Optional.of("k1"), read.key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "Application/JSON; charset=utf-8", "application/json ;q=1"})
    void jsonByAnySpelling_isRead(String contentType) {
        assertEquals(
                new Money(500), transfer(contentType, bytes(BODY)).request().amount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/jsonp", "application/x-www-form-urlencoded", "", "*/*"})
    void otherContentType_isUnsupported(String contentType) {
        assertInstanceOf(UnsupportedMediaType.class, refusal(() -> transfer(contentType, bytes(BODY))));
    }

    @Test
    void bodyOfMoreThanAMegabyte_isTooLargeWhateverItHolds() {
        byte[] large = new byte[1_000_001];
        assertInstanceOf(TooLarge.class, refusal(() -> transfer("application/json", large)));
        assertInstanceOf(TooLarge.class, refusal(() -> transfer("text/plain", large)));
        byte[] largest = bytes(BODY + " ".repeat(1_000_000 - BODY.length()));
        assertEquals(
                new Money(500), transfer("application/json", largest).request().amount());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{",
                "{\"amount\":}",
                "{\"amount\":1,\"amount\":2}",
                "{} {}",
                "amount=500",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            })
    void bodyThatIsNoJson_isMalformed(String body) {
        Problem problem = refusal(() -> transfer(body));
        assertInstanceOf(Malformed.class, problem);
        assertEquals(400, problem.status());
    }

    @Test
    void bytesThatAreNoUtf8_areMalformed() {
        byte[] body = bytes("{\"note\":\"?\"}");
        body[9] = (byte) 0xff;
        assertInstanceOf(Malformed.class, refusal(() -> transfer("application/json", body)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"note\":\"\\ud83d\"}",
                "{\"note\":\"a\\ude00b\"}",
                "{\"note\":\"\\ude00\\ud83d\"}",
                "{\"\\ud83d\":1}",
                "{\"note\":[{\"deep\":\"\\ud83d\"}]}"
            })
    void halfOfASurrogatePair_isMalformed(String body) {
        assertInstanceOf(Malformed.class, refusal(() -> transfer(body)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{\"amount\":500}]", "null", "\"text\"", "500", "true"})
    void jsonThatIsNoObject_isInvalid(String body) {
        FieldError error = errors(() -> transfer(body)).getFirst();
        assertEquals("body", error.field());
        assertEquals("wrong_type", error.code());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            500.0                        | wrong_type
            5e2                          | wrong_type
            5E+2                         | wrong_type
            500.5                        | wrong_type
            1e1000000000                 | out_of_range
            1e-1000000000                | wrong_type
            "500"                        | wrong_type
            true                         | wrong_type
            null                         | wrong_type
            [500]                        | wrong_type
            0                            | out_of_range
            -1                           | out_of_range
            1000000000001                | out_of_range
            99999999999999999999999999   | out_of_range
            """)
    void amountThatIsNoWholeNumberWithinBounds_isRefusedByName(String amount, String code) {
        List<FieldError> errors = errors(() -> transfer("{\"to_phone\":\"90123456\",\"amount\":" + amount + "}"));
        assertEquals(
                List.of("amount"),
                errors.stream().map(FieldError::field).distinct().toList());
        assertTrue(errors.stream().anyMatch(error -> error.code().equals(code)), errors.toString());
    }

    @Test
    void everyErrorOfARequest_isNamedAtOnce() {
        List<FieldError> errors = errors(() -> read(
                "transfer",
                Transfer.class,
                Map.of("query surplus", "1"),
                Map.of("content-type", "application/json"),
                bytes("{\"amount\":\"x\",\"note\":null,\"colour\":1}"),
                Language.ENGLISH));
        Map<String, String> codes = new HashMap<>();
        errors.forEach(error -> codes.put(error.field(), error.code()));
        assertEquals(
                Map.of(
                        "Idempotency-Key", "required",
                        "surplus", "unknown_field",
                        "to_phone", "required",
                        "amount", "wrong_type",
                        "note", "wrong_type",
                        "colour", "unknown_field"),
                codes);
    }

    @Test
    void numberThatThePatternAllowsAndNoCountryHas_isRefusedByName() {
        assertEquals(
                List.of(new FieldError("to_phone", "invalid_value", "value refused")),
                assertInstanceOf(
                                CommonProblem.Unacceptable.class,
                                refusal(() -> transfer("{\"to_phone\":\"000000\",\"amount\":500}")))
                        .errors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "clé", "\u007f"})
    void idempotencyKeyThatIsNone_isRefusedByName(String key) {
        List<FieldError> errors = errors(() -> read(
                "transfer",
                Transfer.class,
                Map.of(),
                Map.of("content-type", "application/json", "idempotency-key", key),
                bytes(BODY),
                Language.ENGLISH));
        assertEquals(
                List.of("Idempotency-Key"),
                errors.stream().map(FieldError::field).distinct().toList());
    }

    @Test
    void queryParameterWithTheHeadersName_isNoIdempotencyKey() {
        List<FieldError> errors = errors(() -> read(
                "transfer",
                Transfer.class,
                Map.of("query Idempotency-Key", "smuggled"),
                Map.of("content-type", "application/json"),
                bytes(BODY),
                Language.ENGLISH));
        assertEquals(
                List.of("required", "unknown_field"),
                errors.stream().map(FieldError::code).sorted().toList());
    }

    @Test
    void queryParameterWithThePathsName_isUnknownAndReplacesNothing() {
        String id = "01980000-0000-7000-8000-000000000000";
        String other = "01990000-0000-7000-8000-000000000000";
        assertEquals(id, one(Map.of("path id", id)).request().id().toString());
        List<FieldError> errors = errors(() -> one(Map.of("path id", id, "query id", other)));
        assertEquals(
                List.of("unknown_field"), errors.stream().map(FieldError::code).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0, out_of_range",
        "limit, 101, out_of_range",
        "limit, ten, wrong_type",
        "limit, 5.0, wrong_type",
        "limit, 5e0, wrong_type",
        "limit, '', wrong_type",
        "limit, 99999999999999999999, wrong_type",
        "type, Credit, not_allowed",
        "cursor, a b, invalid_format",
        "from, yesterday, invalid_format",
        "from, 2026-13-01T00:00:00Z, invalid_format",
        "surplus, 1, unknown_field"
    })
    void queryParameterThatDoesNotFit_isRefusedByName(String name, String value, String code) {
        List<FieldError> errors = errors(() -> listing(Map.of("query " + name, value)));
        assertEquals(List.of(name), errors.stream().map(FieldError::field).toList());
        assertEquals(code, errors.getFirst().code());
    }

    @Test
    void queryParameters_areTypedAndDefaulted() {
        assertEquals(20, listing(Map.of()).request().limit());
        assertEquals(
                new Listing(Optional.of("debit"), Optional.of("abc"), 5),
                listing(Map.of("query limit", "5", "query type", "debit", "query cursor", "abc"))
                        .request());
    }

    @Test
    void sameFieldsInAnotherOrder_haveTheSameHash_andOtherFieldsAnother() {
        String hash = transfer("{\"to_phone\":\"90123456\",\"amount\":500,\"note\":\"x\"}")
                .hash();
        assertEquals(64, hash.length());
        assertEquals(
                hash,
                transfer(" {\"note\":\"x\", \"amount\":500,\n\"to_phone\":\"90123456\"}")
                        .hash());
        assertNotEquals(
                hash,
                transfer("{\"to_phone\":\"90123456\",\"amount\":501,\"note\":\"x\"}")
                        .hash());
        assertNotEquals(
                hash,
                transfer("{\"to_phone\":\"90123456\",\"amount\":500,\"note\":\"y\"}")
                        .hash());
        assertNotEquals(hash, transfer(BODY).hash());
    }

    @Test
    void errors_areInTheCallersLanguageWhateverTheMachinesIs() {
        Locale machine = Locale.getDefault();
        try {
            for (Locale other : List.of(Locale.FRANCE, Locale.US, Locale.GERMANY)) {
                Locale.setDefault(other);
                String french = amountMessage(Language.FRENCH);
                String english = amountMessage(Language.ENGLISH);
                assertTrue(french.contains("entier") || french.contains("attendu"), french);
                assertTrue(english.contains("expected"), english);
                assertFalse(english.contains("attendu"), english);
            }
        } finally {
            Locale.setDefault(machine);
        }
    }

    private static String amountMessage(Language language) {
        return errors(() -> read(
                        "transfer",
                        Transfer.class,
                        Map.of(),
                        Map.of("content-type", "application/json", "idempotency-key", "k1"),
                        bytes("{\"to_phone\":\"90123456\",\"amount\":\"x\"}"),
                        language))
                .getFirst()
                .message();
    }

    private static RequestReader.Read<Transfer> transfer(String body) {
        return transfer("application/json", bytes(body));
    }

    private static RequestReader.Read<Transfer> transfer(String contentType, byte[] body) {
        return read(
                "transfer",
                Transfer.class,
                Map.of(),
                Map.of("content-type", contentType, "idempotency-key", "k1"),
                body,
                Language.ENGLISH);
    }

    private static RequestReader.Read<Listing> listing(Map<String, String> parameters) {
        return read("listTransactions", Listing.class, parameters, Map.of(), new byte[0], Language.ENGLISH);
    }

    private static RequestReader.Read<OneTransaction> one(Map<String, String> parameters) {
        return read("readTransaction", OneTransaction.class, parameters, Map.of(), new byte[0], Language.ENGLISH);
    }

    private static <Q extends Record> RequestReader.Read<Q> read(
            String operation,
            Class<Q> type,
            Map<String, String> parameters,
            Map<String, String> headers,
            byte[] body,
            Language language) {
        return new RequestReader<>(Contract.get().operation(operation), type)
                .read(new HttpRequest("", "", headers, parameters, body), language);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Problem refusal(Runnable reading) {
        return assertThrows(ProblemException.class, reading::run).problem();
    }

    private static List<FieldError> errors(Runnable reading) {
        return assertInstanceOf(Invalid.class, refusal(reading)).errors();
    }
}

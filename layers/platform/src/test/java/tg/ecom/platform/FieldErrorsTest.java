package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.ProblemException;

class FieldErrorsTest {
    record Item(Phone phone) {}

    record Order(List<Item> items) {}

    private static final Schema ORDER = order();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"items":[{"quantity":0}]}                  | items[0].quantity | out_of_range
            {"items":[{"quantity":1},{"quantity":"x"}]} | items[1].quantity | wrong_type
            {"items":[{}]}                              | items[0].quantity | required
            {"items":[{"quantity":1,"odd":1}]}          | items[0].odd      | unknown_field
            {"items":{}}                                | items             | wrong_type
            {}                                          | items             | required
            {"items":[],"a.b":1}                        | a.b               | unknown_field
            []                                          | body              | wrong_type
            """)
    void error_namesTheFieldAsTheCallerWroteIt(String json, String field, String code) throws Exception {
        FieldError error = FieldErrors.of(ORDER, Json.mapper().readTree(json), Language.ENGLISH)
                .getFirst();
        assertEquals(field, error.field());
        assertEquals(code, error.code());
    }

    @Test
    void valueThatOnlyItsTypeRefuses_isNamedAlike() {
        ProblemException refused = assertThrows(
                ProblemException.class,
                () -> RequestReader.bound(
                        (ObjectNode) Json.mapper().readTree("{\"items\":[{\"phone\":\"90123456\"},{\"phone\":\"1\"}]}"),
                        Order.class,
                        Language.ENGLISH));
        assertEquals(
                List.of(new FieldError("items[1].phone", "invalid_value", "value refused")),
                ((CommonProblem.Unacceptable) refused.problem()).errors());
    }

    @Test
    void requestWithAThousandFaults_isAnsweredWithTwenty() throws Exception {
        String items = "{\"items\":[" + "{},".repeat(999) + "{}]}";
        assertEquals(
                20,
                FieldErrors.of(ORDER, Json.mapper().readTree(items), Language.ENGLISH)
                        .size());
    }

    private static Schema order() {
        try {
            return Contract.get()
                    .schemaOf("test/order", (ObjectNode) Json.mapper().readTree("""
                    {"type": "object", "required": ["items"], "additionalProperties": false, "properties": {
                      "items": {"type": "array", "items": {
                        "type": "object", "required": ["quantity"], "additionalProperties": false,
                        "properties": {"quantity": {"type": "integer", "minimum": 1}}}}}}"""));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tg.ecom.platform.Contract;
import tg.ecom.platform.Json;
import tg.ecom.platform.NoContent;
import tg.ecom.platform.Operation;

/**
 * The request and response records of handlers have the fields of openapi.yaml, by name, type and whether they may be
 * missing.
 */
final class RecordsTest {
    @TestFactory
    Stream<DynamicTest> requestRecord_isWhatTheContractTakes() {
        return Handlers.all().stream()
                .map(handler -> DynamicTest.dynamicTest(handler.description(), () -> {
                    Operation operation = Contract.get().operation(handler.operationId());
                    SchemaFit fit = new SchemaFit(SchemaFit.Direction.REQUEST, operation::resolved);
                    fit.compareFields(
                            handler.request(), operation.requestFields(), new HashSet<>(operation.requiredFields()));
                    assertEquals(List.of(), fit.differences());
                }));
    }

    @TestFactory
    Stream<DynamicTest> responseRecord_isWhatTheContractAnswers() {
        return Handlers.all().stream()
                .map(handler -> DynamicTest.dynamicTest(handler.description(), () -> {
                    Operation operation = Contract.get().operation(handler.operationId());
                    JsonNode schema = operation.successSchema();
                    assertEquals(
                            handler.response() == NoContent.class, schema.isMissingNode(), "whether there is a body");
                    SchemaFit fit = new SchemaFit(SchemaFit.Direction.RESPONSE, operation::resolved);
                    fit.compareObject(handler.response(), schema);
                    assertEquals(List.of(), fit.differences());
                }));
    }

    private record Wrong(String amount, Optional<String> currency, int unknown) {}

    @Test
    void difference_namesRecordAndField() throws Exception {
        JsonNode schema = Json.mapper().readTree("""
                {
                    "required": ["amount", "currency"],
                    "properties": {
                        "amount": {"type": "integer", "format": "int64"},
                        "currency": {"const": "XOF", "type": "string"},
                        "note": {"type": "string"}
                    }
                }
                """);
        SchemaFit fit = new SchemaFit(SchemaFit.Direction.RESPONSE, node -> node);
        fit.compareObject(Wrong.class, schema);
        String all = String.join("\n", fit.differences());
        assertEquals(4, fit.differences().size(), all);
        assertTrue(all.contains("Wrong.amount is a java.lang.String, which does not fit"), all);
        assertTrue(all.contains("Wrong.currency is Optional but always there"), all);
        assertTrue(all.contains("Wrong.unknown is not in openapi.yaml"), all);
        assertTrue(all.contains("Wrong has no component for the field note"), all);
    }
}

package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tg.ecom.kernel.Language;

class ContractTest {
    @Test
    void operations_haveIdsAndRoutesOfTheirOwn() {
        Set<String> routes = new HashSet<>();
        Contract.get().operations().forEach((id, operation) -> {
            assertTrue(id.matches("[a-z][A-Za-z]+"), id);
            assertEquals(id, operation.id());
            assertTrue(routes.add(operation.method() + " " + operation.path()), id);
        });
        assertFalse(routes.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperation_acceptsItsOwnExample(Operation operation) throws Exception {
        for (JsonNode example : operation.bodyExample().stream().toList()) {
            assertEquals(List.of(), operation.bodyErrors(example, Language.ENGLISH));
        }
        assertEquals(operation.takesBody(), operation.bodyExample().isPresent());
        operation.exampleParameters("query").values().forEach(example -> assertFalse(example.isEmpty()));
        operation.exampleParameters("path").values().forEach(example -> assertFalse(example.isEmpty()));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperation_refusesAFieldThatItDoesNotName_butAWebhookTakesWhatComes(Operation operation) {
        if (operation.takesBody() && !operation.path().startsWith("/webhooks/")) {
            List<FieldError> errors = operation.bodyErrors(AwsServer.object().put("surplus", 1), Language.ENGLISH);
            assertTrue(errors.stream().anyMatch(error -> error.field().equals("surplus")), errors.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperation_hasASchemaForItsAnswers(Operation operation) {
        assertEquals(2, operation.successStatus() / 100);
        assertEquals(
                operation.successStatus() != 204,
                operation.responseSchema(operation.successStatus()).isPresent());
        assertTrue(operation.responseSchema(500).isPresent());
        assertTrue(FieldErrors.of(
                        operation.responseSchema(500).orElseThrow(),
                        AwsServer.object().put("type", "about:blank"),
                        Language.ENGLISH)
                .stream()
                .anyMatch(error -> error.field().equals("code")));
    }

    @Test
    void operationThatTheContractLacks_stopsTheFunctionThatNamesIt() {
        assertThrows(IllegalStateException.class, () -> Contract.get().operation("absent"));
    }

    @Test
    void whatIsSaidOfAnOperation_isWhatTheContractSays() {
        Operation transfer = Contract.get().operation("transfer");
        assertEquals("POST", transfer.method());
        assertEquals("/api/wallet/transfer", transfer.path());
        assertEquals(201, transfer.successStatus());
        assertTrue(transfer.isIdempotent());
        assertTrue(transfer.isSignedIn());
        assertTrue(transfer.takesBody());
        Operation jwks = Contract.get().operation("jwks");
        assertFalse(jwks.isIdempotent());
        assertFalse(jwks.isSignedIn());
        assertFalse(jwks.takesBody());
    }

    @Test
    void parametersNotSent_haveTheirDefaults_andOthersStayAbsent() {
        JsonNode typed = Contract.get().operation("listTransactions").typed(Map.of());
        assertEquals(20, typed.path("limit").intValue());
        assertEquals(1, typed.size());
    }

    @Test
    void parametersSent_areTyped() {
        JsonNode typed = Contract.get()
                .operation("listTransactions")
                .typed(Map.of("query limit", "7", "query type", "credit", "query cursor", "12"));
        assertTrue(typed.path("limit").isIntegralNumber());
        assertEquals("credit", typed.path("type").textValue());
        assertTrue(typed.path("cursor").isTextual());
        assertTrue(Contract.get()
                .operation("logout")
                .typed(Map.of("query all", "true"))
                .path("all")
                .isBoolean());
    }

    static Stream<Operation> operations() {
        return Contract.get().operations().values().stream();
    }
}

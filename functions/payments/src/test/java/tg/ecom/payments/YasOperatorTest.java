package tg.ecom.payments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.Uuid7;
import tg.ecom.payments.Operator.Answer;
import tg.ecom.payments.Operator.Status;

/** YAS's dialect over real HTTP. */
class YasOperatorTest {
    private final Scene scene = new Scene();
    private final YasOperator operator = scene.operator();
    private final PaymentId payment = new PaymentId(Uuid7.next(scene.clock()));
    private final Reference reference = Reference.of(payment);
    private final Operator.Debit debit = new Operator.Debit(
            reference, Phone.of("90123456"), new Money(20_000), scene.clock().instant());

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void debit_isAskedInTheOperatorsWords() {
        assertEquals(Status.PENDING, operator.initiate(debit).status());
        var asked = scene.yas().debit(reference).orElseThrow();
        assertEquals("22890123456", asked.path("numeroClient").asText());
        assertEquals(20_000, asked.path("montant").asInt());
        assertEquals(reference.text(), asked.path("refCommande").asText());
        assertEquals("2026-11-23 08:00:00", asked.path("dateHeureRequete").asText());
    }

    @Test
    void payment_isToldWithAllThatIsCompared() {
        operator.initiate(debit);
        assertEquals(Status.PENDING, operator.query(reference).status());
        scene.yas().pay(reference);
        Answer answer = operator.query(reference);
        assertEquals(
                new Answer(
                        Status.SUCCEEDED,
                        "200 2002 SUCCES",
                        false,
                        Optional.of("T" + reference),
                        Optional.of(reference.text()),
                        Optional.of(20_000L),
                        "XOF"),
                answer);
    }

    @Test
    void tokenIsRemembered_andRenewedWhenItIsRefused() {
        operator.initiate(debit);
        operator.query(reference);
        assertEquals(1, scene.yas().logins());
        scene.yas().forgetTokens();
        assertEquals(Status.PENDING, operator.query(reference).status());
        assertEquals(3, scene.yas().logins());
    }

    @Test
    void eachExchange_isBetweenTwoFailpoints() {
        List<String> reached = new ArrayList<>();
        scene.atFailpoints(reached::add);
        operator.initiate(debit);
        operator.query(reference);
        List<String> passed = List.of(
                "http.yas.login.before",
                "http.yas.login.after",
                "http.yas.debit.before",
                "http.yas.debit.after",
                "http.yas.query.before",
                "http.yas.query.after");
        assertEquals(
                passed,
                reached.stream().filter(point -> point.startsWith("http.")).toList());
    }

    @Test
    void deathBeforeAnExchange_sendsNothing() {
        scene.atFailpoints(point -> {
            if (point.equals("http.yas.debit.before")) {
                throw new AssertionError("dies here");
            }
        });
        assertThrows(AssertionError.class, () -> operator.initiate(debit));
        assertEquals(0, scene.yas().debits());
    }

    @Test
    void unknownReference_isToldFromNoAnswer() {
        Answer answer = operator.query(reference);
        assertEquals(Status.UNKNOWN, answer.status());
        assertTrue(answer.unregistered());
        scene.yas().mishap("500 {\"code\": 5000}");
        assertFalse(operator.query(reference).unregistered());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cut",
                "hang",
                "500 oops",
                "503 {\"code\": 2002, \"statutRequete\": \"SUCCES\"}",
                "429 {\"code\": 4029}",
                "401 {\"code\": 4001}",
                "200 ",
                "200 <html>",
                "200 []",
                "200 {\"code\": \"2002\", \"statutRequete\": \"SUCCES\"}",
                "200 {\"statutRequete\": \"SUCCES\"}",
                "404 <html>"
            })
    void whatIsNoAnswer_isUnknown(String mishap) {
        operator.initiate(debit);
        scene.yas().mishap(mishap);
        scene.yas().mishap(mishap);
        Answer queried = operator.query(reference);
        assertEquals(Status.UNKNOWN, queried.status(), queried.word());
        assertFalse(queried.unregistered());
    }

    @Test
    void debitWithoutAnswer_isUnknown_andTheSameWhenAskedAgain() {
        for (String mishap : new String[] {"cut", "500 oops", "hang"}) {
            scene.yas().mishap(mishap);
            assertEquals(Status.UNKNOWN, operator.initiate(debit).status());
        }
        assertEquals(Status.PENDING, operator.initiate(debit).status());
        assertEquals(Status.PENDING, operator.initiate(debit).status());
        assertEquals(1, scene.yas().debits());
    }

    @Test
    void debitThatIsRefusedAtOnce_failed() {
        scene.yas().mishap("400 {\"code\": 4003, \"message\": \"numeroClient 22890123456 invalide\"}");
        Answer answer = operator.initiate(debit);
        assertEquals(Status.FAILED, answer.status());
        assertEquals("400 4003", answer.word());
    }

    @ParameterizedTest
    @CsvSource({
        "2002, SUCCES, SUCCEEDED",
        "2000, EN_COURS, PENDING",
        "2003, ECHEC, FAILED",
        "4010, ECHEC, FAILED",
        "2002, ECHEC, UNKNOWN",
        "2000, SUCCES, UNKNOWN",
        "2000, ECHEC, UNKNOWN",
        "2002, EN_COURS, UNKNOWN",
        "2003, SUCCES, UNKNOWN",
        "2002, BIZARRE, UNKNOWN"
    })
    void codeAndStatus_mustSayTheSame(int code, String state, Status expected) {
        operator.initiate(debit);
        scene.yas().decide(reference, code, state);
        Answer answer = operator.query(reference);
        assertEquals(expected, answer.status());
        assertEquals("200 " + code + " " + state, answer.word());
    }

    @Test
    void operatorThatIsNotThere_isUnknown() {
        scene.yas().close();
        assertEquals(Status.UNKNOWN, operator.query(reference).status());
        assertEquals(Status.UNKNOWN, operator.initiate(debit).status());
    }

    @Test
    void endlessAnswer_isCutOff() {
        operator.initiate(debit);
        scene.yas().mishap("200 {\"code\": 2002, \"statutRequete\": \"" + "x".repeat(100_000) + "\"}");
        assertEquals(Status.UNKNOWN, operator.query(reference).status());
    }

    @Test
    void webhook_namesItsPaymentAndNothingElseIsReadOfIt() {
        assertEquals(Optional.of(payment), subject("{\"idRequete\": \"" + reference + "\", \"code\": 2002}"));
        assertEquals(Optional.empty(), subject("{\"idRequete\": 5}"));
        assertEquals(Optional.empty(), subject("[\"" + reference + "\"]"));
        assertEquals(Optional.empty(), subject(""));
        assertEquals(Optional.empty(), subject("{"));
        assertEquals(Optional.empty(), subject("[".repeat(5_000)));
    }

    private Optional<PaymentId> subject(String body) {
        return operator.subjectOf(body.getBytes(StandardCharsets.UTF_8));
    }
}

package tg.ecom.local.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.testing.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class YasOperatorTest extends YasScene {
    @Test
    void paymentIsPaidWhenTheClockSaysSo_andTold() throws Exception {
        play("success");
        JsonNode answer = debit("success-1");
        assertEquals(2000, answer.path("code").asInt());
        assertEquals("success-1", answer.path("idRequete").asText());
        assertEquals("EN_COURS", question("success-1").path("statutRequete").asText());
        assertEquals("pending", statement().path(0).path("status").asText());
        advance(Duration.ofSeconds(2));
        JsonNode notice = told();
        assertEquals("SUCCES", notice.path("statutRequete").asText());
        assertEquals(20_000, notice.path("montant").asLong());
        assertEquals(phone, notice.path("numeroClient").asText());
        assertEquals("order-1", notice.path("refCommande").asText());
        assertEquals("DEBIT", notice.path("typeRequete").asText());
        JsonNode paid = question("success-1");
        assertEquals(2002, paid.path("code").asInt());
        assertEquals(notice.path("refTmoney").asText(), paid.path("refTmoney").asText());
        JsonNode item = statement().path(0);
        assertEquals("success-1", item.path("reference").asText());
        assertEquals("paid", item.path("status").asText());
        assertEquals(20_000, item.path("amount").asLong());
        assertEquals("+" + phone, item.path("phone").asText());
    }

    @Test
    void secondRequestWithTheSameIdIsAnsweredAsTheFirst_andPaidOnce() throws Exception {
        play("success");
        assertEquals(debit("same-1"), debit("same-1"));
        advance(Duration.ofSeconds(2));
        told();
        assertEquals(1, statement().size());
        assertNothingIsOwed();
    }

    @Test
    void referencesThatNobodyGives_areRefusedInItsOwnWords() throws Exception {
        play("success");
        String wrong = body("nul-1").replace("order-1", "order\\u0000");
        HttpResponse<String> answer = send("POST", "/_operators/yas/tmoney-middleware/debit", wrong);
        assertEquals(400, answer.statusCode(), answer.body());
        assertEquals(4000, JSON.readTree(answer.body()).path("code").asInt());
        assertEquals(404, ask("%00").statusCode());
        assertEquals(0, statement().size());
    }

    @Test
    void refusedPaymentIsToldAsAFailure() throws Exception {
        play("refused");
        debit("refused-1");
        advance(Duration.ofSeconds(2));
        assertEquals("ECHEC", told().path("statutRequete").asText());
        assertEquals("ECHEC", question("refused-1").path("statutRequete").asText());
        assertEquals("refused", statement().path(0).path("status").asText());
    }

    @Test
    void silentOperatorPaysAndTellsNobody() throws Exception {
        play("silent");
        debit("silent-1");
        advance(Duration.ofHours(2));
        logIn();
        assertEquals("SUCCES", question("silent-1").path("statutRequete").asText());
        assertNothingIsOwed();
    }

    @Test
    void lateOnesArePaidAndToldLate() throws Exception {
        play("late");
        debit("late-1");
        play("after_expiry");
        debit("expired-1");
        advance(Duration.ofMinutes(4));
        assertEquals("EN_COURS", question("late-1").path("statutRequete").asText());
        advance(Duration.ofMinutes(1));
        assertEquals("late-1", told().path("idRequete").asText());
        assertEquals("EN_COURS", question("expired-1").path("statutRequete").asText());
        advance(Duration.ofMinutes(15));
        assertEquals("expired-1", told().path("idRequete").asText());
    }

    @Test
    void webhookComesTwice() throws Exception {
        play("webhook_twice");
        debit("twice-1");
        advance(Duration.ofSeconds(2));
        assertEquals(told(), told());
        assertNothingIsOwed();
        assertEquals(2, statement().path(0).path("webhooks_taken").asInt());
    }

    @Test
    void webhookComesBeforeTheAnswer() throws Exception {
        play("webhook_first");
        debit("first-1");
        assertTrue(told.stream()
                .anyMatch(notice -> notice.path("idRequete").asText().equals("first-1")));
        assertEquals("SUCCES", question("first-1").path("statutRequete").asText());
    }

    @Test
    void lessIsPaidThanWasAsked_andEveryAnswerSaysSo() throws Exception {
        play("wrong_amount");
        debit("wrong-1");
        advance(Duration.ofSeconds(2));
        assertEquals(19_900, told().path("montant").asLong());
        assertEquals(19_900, question("wrong-1").path("montant").asLong());
        assertEquals(19_900, statement().path(0).path("amount").asLong());
    }

    @Test
    void forgedWebhookSaysWhatTheOperatorDenies() throws Exception {
        play("forged_webhook");
        debit("forged-1");
        advance(Duration.ofSeconds(2));
        assertEquals("SUCCES", told().path("statutRequete").asText());
        assertEquals("EN_COURS", question("forged-1").path("statutRequete").asText());
        advance(Duration.ofMinutes(3));
        assertEquals("ECHEC", told().path("statutRequete").asText());
        assertEquals("ECHEC", question("forged-1").path("statutRequete").asText());
    }

    @Test
    void firstTwoRequestsFailAndRegisterNothing() throws Exception {
        play("server_errors");
        assertEquals(
                500,
                send("POST", "/_operators/yas/tmoney-middleware/debit", body("errors-1"))
                        .statusCode());
        assertEquals(0, statement().size());
        assertEquals(500, ask("errors-1").statusCode());
        assertEquals(404, ask("errors-1").statusCode());
        assertEquals(
                500,
                send("POST", "/_operators/yas/tmoney-middleware/debit", body("errors-1"))
                        .statusCode());
        assertEquals(2000, debit("errors-1").path("code").asInt());
        advance(Duration.ofSeconds(2));
        assertEquals("SUCCES", told().path("statutRequete").asText());
    }

    @Test
    void connectionIsCutBeforeTheAnswer_butThePaymentIsRegistered() throws Exception {
        play("cut");
        assertThrows(IOException.class, () -> debit("cut-1"));
        assertEquals("EN_COURS", question("cut-1").path("statutRequete").asText());
        assertEquals(2000, debit("cut-1").path("code").asInt());
    }

    @Test
    void slowAnswerComesTooLate_butThePaymentIsRegistered() throws Exception {
        play("slow");
        HttpRequest impatient = request("POST", "/_operators/yas/tmoney-middleware/debit", body("slow-1"))
                .timeout(Duration.ofMillis(300))
                .build();
        assertThrows(HttpTimeoutException.class, () -> CLIENT.send(impatient, HttpResponse.BodyHandlers.ofString()));
        assertEquals("EN_COURS", question("slow-1").path("statutRequete").asText());
    }

    @Test
    void webhookThatWasRefusedIsToldAgain() throws Exception {
        play("success");
        refusals.set(2);
        debit("again-1");
        advance(Duration.ofSeconds(2));
        eventually("the webhook comes again", () -> {
            advance(Duration.ofSeconds(5));
            return told.stream()
                    .anyMatch(notice -> notice.path("numeroClient").asText().equals(phone));
        });
        assertEquals("again-1", told().path("idRequete").asText());
    }

    @Test
    void whatWasOwedWhenTheProcessEndedIsToldByTheNext() throws Exception {
        play("late");
        debit("restart-1");
        operators.close();
        clock.advance(Duration.ofMinutes(6));
        operators = operators();
        operators.start();
        assertEquals("restart-1", told().path("idRequete").asText());
    }

    @Test
    void unknownScenarioIsRefusedWithTheList() throws Exception {
        HttpResponse<String> answer = send("PUT", "/_local/operators/yas", "{\"scenario\": \"generous\"}");
        assertEquals(400, answer.statusCode());
        assertEquals(
                "There is no scenario generous; there are success, refused, silent, late, after_expiry, webhook_twice,"
                        + " webhook_first, wrong_amount, forged_webhook, server_errors, slow, cut.",
                JSON.readTree(answer.body()).path("message").asText());
        assertEquals(
                400,
                send("PUT", "/_local/operators/orange", "{\"scenario\": \"cut\"}")
                        .statusCode());
        assertEquals(400, send("PUT", "/_local/operators/yas", "{}").statusCode());
    }

    @Test
    void scenarioOfOnePhoneLeavesTheOthersAlone() throws Exception {
        play("refused");
        JsonNode answer = JSON.readTree(send("GET", "/_local/operators/yas", "").body());
        assertEquals("success", answer.path("scenario").asText());
        assertEquals("refused", answer.path("phones").path("+" + phone).asText());
        assertEquals(12, answer.path("scenarios").size());
    }

    @Test
    void whoIsNotLoggedInOrAsksWronglyIsRefused() throws Exception {
        String debit = "/_operators/yas/tmoney-middleware/debit";
        assertEquals(400, send("POST", debit, "{\"idRequete\": \"x\"}").statusCode());
        assertEquals(400, send("POST", debit, body("an_underscore")).statusCode());
        assertEquals(404, ask("nobody-asked").statusCode());
        clock.advance(Duration.ofHours(2));
        assertEquals(401, send("POST", debit, body("expired-token")).statusCode());
        token = "nonsense";
        assertEquals(401, send("POST", debit, body("no-token")).statusCode());
    }
}

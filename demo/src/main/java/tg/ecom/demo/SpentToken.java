package tg.ecom.demo;

import java.time.Duration;
import tg.ecom.client.Answer;
import tg.ecom.client.Person;

/** A refresh token is good once: who shows it again after the grace for lost answers ends the session. */
final class SpentToken {
    private static final int UNAUTHORIZED = 401;
    private static final Duration GRACE_AND_MORE = Duration.ofSeconds(31);

    private final Stage stage;

    SpentToken(Stage stage) {
        this.stage = stage;
    }

    void play(Person afi) {
        stage.narrator().chapter(3, "Somebody copied Afi's refresh token");
        String spent = afi.refreshToken();
        Answer continued = afi.refresh(spent);
        continued.expect(200);
        stage.narrator().call(continued, "Afi's app continues her session, and gets its successor");
        String successor = continued.body().path("refresh_token").asText();
        stage.timePasses(GRACE_AND_MORE, "too late for an answer that got lost on a bad network");
        refused(afi, spent, "the copy: it was used before, so it is in two hands");
        refused(afi, successor, "and so its whole family is dead, whoever has it");
        afi.logIn();
        stage.holds(Stage.wallet(afi).balance() == 0, "Afi logs in again by her password, and nobody else can");
    }

    private void refused(Person afi, String token, String meaning) {
        Answer answer = afi.refresh(token);
        answer.expectProblem(UNAUTHORIZED, "refresh_token_invalid");
        stage.narrator().call(answer, meaning);
    }
}

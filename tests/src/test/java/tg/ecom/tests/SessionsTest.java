package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tg.ecom.testing.Together;

/** Refresh tokens, signing out, and where somebody is signed in. */
final class SessionsTest {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration REFRESH_LIFE = Duration.ofDays(7);
    private static final int REFRESHES = 8;

    @RegisterExtension
    final Scene scene = new Scene();

    @Test
    void refresh_givesNewTokensThatWork() {
        Person person = scene.people().signUp();
        Answer tokens = refresh(person.refreshToken()).expect(200);
        assertNotEquals(person.refreshToken(), tokens.text("refresh_token"));
        assertEquals(person.id(), signedInBy(tokens).get("/api/me").expect(200).text("id"));
        refresh(tokens.text("refresh_token")).expect(200);
    }

    @Test
    void refreshTokenSentAgainWithin30Seconds_givesTheSameSuccessor() {
        Person person = scene.people().signUp();
        Answer first = refresh(person.refreshToken()).expect(200);
        scene.cloud().advance(GRACE.minusSeconds(10));
        Answer again = refresh(person.refreshToken()).expect(200);
        assertEquals(first.text("refresh_token"), again.text("refresh_token"));
        refresh(first.text("refresh_token")).expect(200);
    }

    @Test
    void refreshTokenSentAgainAfter30Seconds_endsTheSession() {
        Person person = scene.people().signUpWith(1_000);
        Person other = scene.people().signUp();
        Answer tokens = refresh(person.refreshToken()).expect(200);
        scene.cloud().advance(GRACE.plusSeconds(1));
        refresh(person.refreshToken()).refused(401, "refresh_token_invalid");
        refresh(tokens.text("refresh_token")).refused(401, "refresh_token_invalid");
        person.send(signedInBy(tokens), 100, other).refused(401, "session_revoked");
        person.signIn().get("/api/me").expect(200);
    }

    @Test
    void refreshTokenWhoseSuccessorWasUsed_endsTheSessionAtOnce() {
        Person person = scene.people().signUp();
        Answer second = refresh(person.refreshToken()).expect(200);
        Answer third = refresh(second.text("refresh_token")).expect(200);
        refresh(person.refreshToken()).refused(401, "refresh_token_invalid");
        refresh(third.text("refresh_token")).refused(401, "refresh_token_invalid");
    }

    @Test
    void parallelRefreshesWithOneToken_allGetTheSameSuccessor() {
        Person person = scene.people().signUp();
        List<Answer> answers = Together.call(REFRESHES, () -> refresh(person.refreshToken()));
        Set<String> successors = answers.stream()
                .map(answer -> answer.expect(200).text("refresh_token"))
                .collect(Collectors.toSet());
        assertEquals(1, successors.size());
        refresh(successors.iterator().next()).expect(200);
    }

    @Test
    void junkRefreshToken_endsNothing() {
        Person person = scene.people().signUp();
        String token = person.refreshToken();
        String altered = token.substring(0, token.length() - 2) + (token.endsWith("AA") ? "BB" : "AA");
        for (String junk : new String[] {"junk", altered, person.accessToken().substring(0, 100)}) {
            refresh(junk).refused(401, "refresh_token_invalid");
        }
        refresh(token).expect(200);
    }

    @Test
    void refreshTokenUnusedForSevenDays_isDead() {
        Person person = scene.people().signUp();
        scene.cloud().advance(REFRESH_LIFE.plusSeconds(1));
        refresh(person.refreshToken()).refused(401, "refresh_token_invalid");
    }

    @Test
    void logout_endsThisSessionAndNoOther() {
        Person person = scene.people().signUpWith(1_000);
        Person other = scene.people().signUp();
        Answer second = person.login();
        Answer done = person.api().postNothing("/api/auth/logout").expect(204);
        assertEquals("no-store", done.header("cache-control"));
        person.send(100, other).refused(401, "session_revoked");
        refresh(person.refreshToken()).refused(401, "refresh_token_invalid");
        person.send(signedInBy(second), 100, other).expect(201);
        refresh(second.text("refresh_token")).expect(200);
    }

    @Test
    void endedSession_changesNothing_andEndsNoOther() {
        Person person = scene.people().signUp();
        Answer second = person.login();
        person.api().postNothing("/api/auth/logout").expect(204);
        person.api().patch("/api/me", "first_name", "Pirate").refused(401, "session_revoked");
        person.api().postNothing("/api/auth/logout?all=true").refused(401, "session_revoked");
        assertEquals("Afi", signedInBy(second).get("/api/me").expect(200).text("first_name"));
        refresh(second.text("refresh_token")).expect(200);
    }

    @Test
    void logoutOfAll_movesNoFrancWithAnyOldToken() {
        Person person = scene.people().signUpWith(1_000);
        Person other = scene.people().signUp();
        Answer second = person.login();
        person.api().postNothing("/api/auth/logout?all=true").expect(204);
        person.send(100, other).refused(401, "session_revoked");
        person.send(signedInBy(second), 100, other).refused(401, "session_revoked");
        refresh(second.text("refresh_token")).refused(401, "refresh_token_invalid");
        assertEquals(0, other.balance());
        person.send(person.signIn(), 100, other).expect(201);
    }

    @Test
    void sessions_areListedWithTheirDevices_theOneThatAsksMarked() {
        Person person = scene.people().signUp();
        Api phone = signedInBy(scene.api()
                .with("user-agent", "Ecom/1.0 (Android 15)")
                .post("/api/auth/login", "phone", person.phone(), "password", person.password())
                .expect(200));
        JsonNode items = phone.get("/api/auth/sessions").expect(200).body().path("items");
        assertEquals(2, items.size());
        int index = items.path(0).path("current").booleanValue() ? 0 : 1;
        JsonNode current = items.path(index);
        JsonNode other = items.path(1 - index);
        assertEquals("Ecom/1.0 (Android 15)", current.path("device").textValue());
        assertEquals(false, other.path("current").booleanValue());
        phone.postNothing("/api/auth/logout").expect(204);
        assertEquals(
                1,
                person.api()
                        .get("/api/auth/sessions")
                        .expect(200)
                        .body()
                        .path("items")
                        .size());
    }

    private Answer refresh(String token) {
        return scene.api().post("/api/auth/refresh", "refresh_token", token);
    }

    private Api signedInBy(Answer tokens) {
        return scene.api().signedIn(tokens.text("access_token"));
    }
}

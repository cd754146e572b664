package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signing in by password. */
final class LoginTest {
    private static final int FAILURES_MAX = 5;
    private static final Duration LOCKED_FOR = Duration.ofMinutes(15);

    @RegisterExtension
    final Scene scene = new Scene();

    @Test
    void rightPassword_signsIn() {
        Person person = scene.people().signUp();
        assertEquals(person.id(), person.signIn().get("/api/me").expect(200).text("id"));
    }

    @Test
    void phoneInAnyWayOfWritingIt_signsIn() {
        Person person = scene.people().signUp();
        String national = person.phone().substring(4);
        for (String phone : new String[] {national, "00228" + national, "+228 " + national}) {
            scene.api()
                    .post("/api/auth/login", "phone", phone, "password", person.password())
                    .expect(200);
        }
    }

    @Test
    void fiveWrongPasswords_lockTheAccountFor15Minutes() {
        Person person = scene.people().signUp();
        refuseFiveTimes(person.phone());
        Answer locked = login(person.phone(), person.password()).refused(429, "login_locked");
        int delay = Integer.parseInt(locked.header("retry-after"));
        assertTrue(delay > 0 && delay <= LOCKED_FOR.toSeconds(), () -> "retry after " + delay);
        scene.cloud().advance(LOCKED_FOR.plusSeconds(1));
        login(person.phone(), person.password()).expect(200);
    }

    @Test
    void unknownPhone_locksLikeAKnownOne() {
        String nobody = scene.people().newPhone();
        refuseFiveTimes(nobody);
        login(nobody, "faux").refused(429, "login_locked");
    }

    @Test
    void successfulLogin_forgetsTheFailures() {
        Person person = scene.people().signUp();
        for (int round = 0; round < 2; round++) {
            for (int failure = 1; failure < FAILURES_MAX; failure++) {
                login(person.phone(), "faux").refused(401, "wrong_credentials");
            }
            login(person.phone(), person.password()).expect(200);
        }
    }

    @Test
    void answerToAWrongPassword_doesNotTellWhetherThePhoneHasAnAccount() {
        Answer known = login(scene.people().signUp().phone(), "faux").refused(401, "wrong_credentials");
        Answer unknown = login(scene.people().newPhone(), "faux").refused(401, "wrong_credentials");
        assertEquals(known.text("detail"), unknown.text("detail"));
        assertEquals(known.body().size(), unknown.body().size());
    }

    private void refuseFiveTimes(String phone) {
        for (int failure = 0; failure < FAILURES_MAX; failure++) {
            login(phone, "faux").refused(401, "wrong_credentials");
        }
    }

    private Answer login(String phone, String password) {
        return scene.api().post("/api/auth/login", "phone", phone, "password", password);
    }
}

package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What functions log. {@link Scene} looks after each test that no secret and no error stands there; this is that it
 * could.
 */
final class LogTest {
    @RegisterExtension
    final Scene scene = new Scene();

    @Test
    void eachRequest_isALineWithItsOperationItsCallerAndItsRequestId() {
        FunctionLog log = log();
        Person person = scene.people().signUp();
        long start = log.end();
        Answer answer = person.api().get("/api/me").expect(200);
        String line = log.since(start)
                .lines()
                .filter(each -> each.contains(answer.header("x-request-id")) && each.contains("\"level\""))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line of that request in " + log.since(start)));
        assertTrue(line.contains("me 200 in"), line);
        assertTrue(line.contains(person.id()), line);
        assertTrue(line.contains("\"INFO\""), line);
    }

    @Test
    void whatTheCallerGotWrong_isInformation() {
        FunctionLog log = log();
        long start = log.end();
        scene.api().postText("/api/auth/login", "{").refused(400, "malformed_json");
        scene.api().get("/api/me").refused(401, "token_missing");
        String written = log.since(start);
        assertTrue(written.contains("login 400 in") && written.contains("me 401 in"), written);
        assertEquals(java.util.List.of(), log.errorsSince(start));
    }

    @Test
    void secretStandingInALog_isFound_andPartOfALongerWordIsNot() {
        assertTrue(Secrets.standsIn("code 123456.", "123456"));
        assertFalse(Secrets.standsIn("at 1123456789", "123456"));
    }

    private FunctionLog log() {
        assumeTrue(scene.cloud().log().isPresent(), "the log of another machine can't be read");
        return scene.cloud().log().orElseThrow();
    }
}

package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Codes by SMS, and accounts made by them. */
final class SignUpTest {
    private static final int TRIES_MAX = 5;
    private static final Duration RESEND_AFTER = Duration.ofSeconds(60);
    private static final Duration CODE_LIFE = Duration.ofMinutes(5);
    private static final Duration VERIFICATION_LIFE = Duration.ofMinutes(10);

    @RegisterExtension
    final Scene scene = new Scene();

    private final People people = scene.people();

    @Test
    void secondCodeWithinAMinute_isTooSoonAndSaysWhenToTryAgain() {
        String phone = people.newPhone();
        Answer sent = people.sendOtp(phone, "registration").expect(202);
        Answer refused = people.sendOtp(phone, "registration").refused(429, "too_many_requests");
        int delay = Integer.parseInt(refused.header("retry-after"));
        assertTrue(delay >= 1 && delay <= sent.number("resend_after_s"), () -> "retry after " + delay);
        assertEquals(1, scene.cloud().texts(phone.substring(4)).size());
    }

    @Test
    void newCode_killsTheOld() {
        String phone = people.newPhone();
        Answer first = people.sendOtp(phone, "registration").expect(202);
        String firstCode = people.newestCode(phone);
        scene.cloud().advance(RESEND_AFTER.plusSeconds(1));
        Answer second = people.sendOtp(phone, "registration").expect(202);
        people.verify(first, firstCode).refused(422, "code_expired");
        people.verifyNewest(second, phone).expect(200);
    }

    @Test
    void codeForLogin_doesNotKillTheOneForRegistration() {
        String phone = people.newPhone();
        Answer registration = people.sendOtp(phone, "registration").expect(202);
        String code = people.newestCode(phone);
        people.sendOtp(phone, "login").expect(202);
        people.verify(registration, code).expect(200);
    }

    @Test
    void wrongCodes_countDownTheTries_untilTheRightOneIsRefusedToo() {
        String phone = people.newPhone();
        Answer sent = people.sendOtp(phone, "registration").expect(202);
        String wrong = people.wrongCode(phone);
        List<Long> left = IntStream.range(0, TRIES_MAX)
                .mapToObj(index -> people.verify(sent, wrong).refused(422, "code_wrong"))
                .map(answer -> answer.number("tries_left"))
                .toList();
        assertEquals(List.of(4L, 3L, 2L, 1L, 0L), left);
        people.verifyNewest(sent, phone).refused(422, "code_expired");
    }

    @Test
    void codeAfterFiveMinutes_isDead() {
        String phone = people.newPhone();
        Answer sent = people.sendOtp(phone, "registration").expect(202);
        String code = people.newestCode(phone);
        scene.cloud().advance(CODE_LIFE.plusSeconds(1));
        people.verify(sent, code).refused(422, "code_expired");
    }

    @Test
    void codeUsedTwice_isRefused() {
        String phone = people.newPhone();
        Answer sent = people.sendOtp(phone, "registration").expect(202);
        people.verifyNewest(sent, phone).expect(200);
        people.verifyNewest(sent, phone).refused(422, "code_expired");
    }

    @Test
    void unknownVerification_isAsDeadAsAnExpiredOne() {
        scene.api()
                .post(
                        "/api/auth/verify-otp",
                        "verification_id",
                        "01980000-0000-7000-8000-000000000000",
                        "code",
                        "123456")
                .refused(422, "code_expired");
    }

    @Test
    void sendingACode_answersTheSameForAKnownAndAnUnknownPhone() {
        Person known = people.signUp();
        Answer forKnown = people.sendOtp(known.phone(), "login").expect(202);
        Answer forUnknown = people.sendOtp(people.newPhone(), "login").expect(202);
        assertEquals(withoutId(forKnown), withoutId(forUnknown));
        assertNotEquals(forKnown.text("verification_id"), forUnknown.text("verification_id"));
    }

    @Test
    void foreignPhone_isNotServed() {
        people.sendOtp("+33612345678", "registration").refused(422, "phone_not_served");
    }

    @Test
    void textsOfCodes_areInTheCallersLanguage() {
        String phone = people.newPhone();
        scene.api()
                .speaking("en")
                .post("/api/auth/send-otp", "phone", phone, "type", "registration")
                .expect(202);
        people.newestCode(phone);
        assertTrue(scene.cloud()
                .texts(phone.substring(4))
                .path(0)
                .path("text")
                .asText()
                .contains("your code is"));
    }

    @Test
    void registration_makesTheAccountAndOpensTheWallet() {
        String phone = people.newPhone();
        ObjectNode registration = people.registration(people.verificationToken(phone), "Afi", "Mensah");
        registration.put("email", phone.substring(1) + "@example.tg").put("date_of_birth", "1990-02-03");
        Answer made = people.register(registration).expect(201);
        Person person = new Person(phone, People.PASSWORD, made.body(), scene.api());
        assertEquals(
                made.body().path("user"),
                person.api().get("/api/me").expect(200).body());
        assertEquals(phone, made.body().path("user").path("phone").textValue());
        assertEquals(
                "1990-02-03", made.body().path("user").path("date_of_birth").textValue());
        assertEquals("fr", made.body().path("user").path("language").textValue());
        Answer wallet = person.api().get("/api/wallet/balance").expect(200);
        assertEquals(0, wallet.number("balance"));
        assertEquals("active", wallet.text("status"));
    }

    @Test
    void verificationToken_isGoodOnce() {
        String phone = people.newPhone();
        String token = people.verificationToken(phone);
        people.register(people.registration(token, "Afi", "Mensah")).expect(201);
        people.register(people.registration(token, "Afi", "Mensah")).refused(422, "verification_token_invalid");
    }

    @Test
    void verificationTokenOfAnotherPurpose_registersNobody() {
        String phone = people.newPhone();
        Answer sent = people.sendOtp(phone, "password_reset").expect(202);
        String token = people.verifyNewest(sent, phone).expect(200).text("verification_token");
        people.register(people.registration(token, "Afi", "Mensah")).refused(422, "verification_token_invalid");
    }

    @Test
    void accessToken_isNoVerificationToken() {
        String token = people.signUp().accessToken();
        people.register(people.registration(token, "Afi", "Mensah")).refused(422, "verification_token_invalid");
    }

    @Test
    void verificationTokenAfterTenMinutes_isDead() {
        String token = people.verificationToken(people.newPhone());
        scene.cloud().advance(VERIFICATION_LIFE.plusSeconds(1));
        people.register(people.registration(token, "Afi", "Mensah")).refused(422, "verification_token_invalid");
    }

    @Test
    void takenPhone_isRefusedAndTheFirstAccountStays() {
        Person first = people.signUp();
        scene.cloud().advance(RESEND_AFTER.plusSeconds(1));
        String token = people.verificationToken(first.phone());
        people.register(people.registration(token, "Kossi", "Agbéko")).refused(409, "phone_taken");
        assertEquals("Afi", first.api().get("/api/me").expect(200).text("first_name"));
    }

    @Test
    void takenEmail_isRefusedWhateverItsCapitals_andTheTokenCanBeUsedAgain() {
        String first = people.newPhone();
        String email = first.substring(1) + "@example.tg";
        people.register(people.registration(people.verificationToken(first), "Afi", "Mensah")
                        .put("email", email))
                .expect(201);
        String token = people.verificationToken(people.newPhone());
        ObjectNode second = people.registration(token, "Kossi", "Agbéko");
        people.register(second.deepCopy().put("email", "A" + email)).expect(201);
        ObjectNode third = people.registration(people.verificationToken(people.newPhone()), "Ama", "Kodjo");
        people.register(third.deepCopy().put("email", email.replace("example", "EXAMPLE")))
                .refused(409, "email_taken");
        people.register(third).expect(201);
    }

    @Test
    void administrator_isNeverMadeByRegistering() {
        ObjectNode registration = people.registration("any", "Afi", "Mensah").put("user_type", "admin");
        people.register(registration).refused(400, "invalid_request").names("user_type");
    }

    @Test
    void codeForLogin_signsInWhoHasAnAccount_andNobodyElse() {
        Person person = people.signUp();
        Answer sent = people.sendOtp(person.phone(), "login").expect(202);
        Answer signedIn = people.verifyNewest(sent, person.phone()).expect(200);
        String token = signedIn.body().path("tokens").path("access_token").textValue();
        assertEquals(
                person.id(),
                scene.api().signedIn(token).get("/api/me").expect(200).text("id"));
        String unknown = people.newPhone();
        people.verifyNewest(people.sendOtp(unknown, "login").expect(202), unknown)
                .refused(422, "account_unknown");
    }

    private static ObjectNode withoutId(Answer answer) {
        return ((ObjectNode) answer.body().deepCopy()).without("verification_id");
    }
}

package tg.ecom.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.auth.Refusals.refused;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.Problem;
import tg.ecom.kernel.ProblemException;
import tg.ecom.platform.Visitor;

/** Codes on their way. */
class SendOtpTest {
    private static final int PER_PHONE_AND_DAY_MAX = 10;
    private static final int PER_ADDRESS_AND_DAY_MAX = 30;
    private static final Duration RESEND_AFTER = Duration.ofSeconds(60);

    private final Scene scene = new Scene();
    private final Phone phone = Scene.newPhone();
    private final Codes codes;
    private final SendOtp sendOtp;

    SendOtpTest() {
        codes = new Codes(scene.tables(), scene.surroundings());
        sendOtp = scene.sendOtp();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void message_bringsTheCodeToThePhone_beforeAdvertisements() {
        SendOtp.Answer answer = send(phone, Scene.VISITOR);
        Map<String, String> message = scene.cloud().messages().getFirst();
        assertEquals(phone.e164(), message.get("PhoneNumber"));
        assertTrue(message.containsValue("AWS.SNS.SMS.SMSType") && message.containsValue("Transactional"));
        codes.verify(answer.verificationId(), digits(message));
    }

    @Test
    void message_isOneAndNoMore_inEitherLanguage() {
        String letters = "éèùìòàÉ";
        for (Language language : Language.values()) {
            String text = SendOtp.text("123456").in(language);
            assertTrue(text.length() <= 160, text);
            assertTrue(text.chars().allMatch(c -> (c >= ' ' && c <= 'z' && c != '`') || letters.indexOf(c) >= 0), text);
        }
    }

    @Test
    void message_isInThePersonsLanguage_andInTheVisitorsWhenNobodyHasThePhone() {
        User person = scene.person();
        Visitor english = new Visitor(Language.ENGLISH, "203.0.113.7", "Ecom/1.0");
        send(person.phone(), english);
        assertTrue(text(0).contains("votre code"), text(0));
        send(phone, english);
        assertTrue(text(1).contains("your code"), text(1));
    }

    @Test
    void eleventhCodeOfADay_isNotSent_andTheTenthStaysAlive() {
        Optional<SendOtp.Answer> last = Optional.empty();
        for (int count = 0; count < PER_PHONE_AND_DAY_MAX; count++) {
            scene.clock().advance(RESEND_AFTER);
            last = Optional.of(send(phone, Scene.VISITOR));
        }
        scene.clock().advance(RESEND_AFTER);
        Duration wait = refused("too_many_requests", () -> send(phone, Scene.VISITOR))
                .retryAfter()
                .orElseThrow();
        assertTrue(wait.compareTo(Duration.ofHours(12)) > 0, wait.toString());
        assertEquals(PER_PHONE_AND_DAY_MAX, scene.cloud().messages().size());
        codes.verify(
                last.orElseThrow().verificationId(),
                digits(scene.cloud().messages().getLast()));
        scene.clock().advance(wait);
        send(phone, Scene.VISITOR);
    }

    @Test
    void impatience_isNotCounted() {
        send(phone, Scene.VISITOR);
        for (int count = 0; count < 2 * PER_PHONE_AND_DAY_MAX; count++) {
            refused("too_many_requests", () -> send(phone, Scene.VISITOR));
        }
        scene.clock().advance(RESEND_AFTER);
        send(phone, Scene.VISITOR);
    }

    @Test
    void address_hasACapOfItsOwn() {
        for (int count = 0; count < PER_ADDRESS_AND_DAY_MAX; count++) {
            send(Scene.newPhone(), Scene.VISITOR);
        }
        refused("too_many_requests", () -> send(phone, Scene.VISITOR));
        send(phone, new Visitor(Language.FRENCH, "203.0.113.8", "Ecom/1.0"));
    }

    @Test
    void phoneOfACountryThatIsNotServed_getsNoCode_andIsToldWhichAre() {
        Problem problem = refused("phone_not_served", () -> send(Phone.of("+33612345678"), Scene.VISITOR));
        assertEquals("Ecom serves numbers in +228, +229 only.", problem.detail().in(Language.ENGLISH));
        assertEquals(0, scene.cloud().messages().size());
        send(Phone.of("+2290197123456"), Scene.VISITOR);
        assertEquals("+2290197123456", scene.cloud().messages().getFirst().get("PhoneNumber"));
    }

    @Test
    void settings_areCountriesAndPositiveCounts() {
        assertEquals("+228", new CodesSettings("228", 1, 1).countries());
        for (String malformed : List.of("", "+228", "228,", "228, 229", "TG", "0228", "2280")) {
            assertThrows(IllegalArgumentException.class, () -> new CodesSettings(malformed, 1, 1), malformed);
        }
        assertThrows(IllegalArgumentException.class, () -> new CodesSettings("228", 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new CodesSettings("228", 1, 0));
    }

    @Test
    void phoneThatTakesNoMessages_isRefused_andNotNamed() {
        scene.cloud().refuse(phone.e164());
        ProblemException refused = assertThrows(ProblemException.class, () -> send(phone, Scene.VISITOR));
        assertEquals("phone_unreachable", refused.problem().code());
        assertEquals(422, refused.problem().status());
        assertFalse((refused + " " + refused.getCause()).contains(phone.e164()));
    }

    @Test
    void codeForLogin_signsInWhoHasAnAccount() {
        User person = scene.person();
        VerifyOtp verifyOtp = scene.made(VerifyOtp::new, Scene.VERIFICATIONS, Scene.SIGNING_KEYS);
        SendOtp.Answer sent =
                sendOtp.handle(Scene.VISITOR, new SendOtp.Request(person.phone(), VerificationType.LOGIN));
        VerifyOtp.Request request = new VerifyOtp.Request(
                sent.verificationId(), digits(scene.cloud().messages().getFirst()));
        VerifyOtp.Answer answer = verifyOtp.handle(Scene.VISITOR, request);
        TokenPair tokens = answer.tokens().orElseThrow();
        assertEquals(Optional.empty(), answer.verificationToken());
        assertEquals(1, scene.count("auth.sessions"));
        String printed = request + " " + answer + " " + tokens + " " + sent;
        assertTrue(!printed.contains(request.code()) && !printed.contains(tokens.refreshToken()), printed);
    }

    @Test
    void codeForLogin_ofWhoIsSuspended_signsNobodyIn() {
        User person = scene.person();
        scene.superuser().useHandle(handle -> handle.execute("update auth.users set status = 'suspended'"));
        VerifyOtp verifyOtp = scene.made(VerifyOtp::new, Scene.VERIFICATIONS, Scene.SIGNING_KEYS);
        Codes.Code code = codes.make(person.phone(), VerificationType.LOGIN);
        refused(
                "account_suspended",
                () -> verifyOtp.handle(Scene.VISITOR, new VerifyOtp.Request(code.verificationId(), code.digits())));
        assertEquals(0, scene.count("auth.sessions"));
    }

    private SendOtp.Answer send(Phone to, Visitor visitor) {
        return sendOtp.handle(visitor, new SendOtp.Request(to, VerificationType.REGISTRATION));
    }

    private String text(int index) {
        return scene.cloud().messages().get(index).get("Message");
    }

    private static String digits(Map<String, String> message) {
        return message.get("Message").replaceAll("\\D*(\\d{6})\\D.*", "$1");
    }
}

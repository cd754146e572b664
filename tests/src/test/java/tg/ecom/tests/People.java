package tg.ecom.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Signs people up as an app does, reading the codes from the one-machine cloud's outbox. */
final class People {
    /** What all of them chose. */
    static final String PASSWORD = "une phrase que je retiens";

    private static final String TOGO = "+228";
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");
    /** From 90 000000 to 93 999999. */
    private static final int NUMBERS = 4_000_000;

    private static final AtomicInteger NUMBER =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(NUMBERS));

    private final Api api;
    private final Cloud cloud;
    private final Secrets secrets;

    People(Api api, Cloud cloud, Secrets secrets) {
        this.api = api;
        this.cloud = cloud;
        this.secrets = secrets;
    }

    /** A phone that nobody has. */
    String newPhone() {
        String phone = String.format(Locale.ROOT, TOGO + "9%07d", NUMBER.incrementAndGet() % NUMBERS);
        secrets.add(phone.substring(1));
        secrets.add(phone.substring(TOGO.length()));
        return phone;
    }

    /** Signs up Afi Mensah with a new phone. */
    Person signUp() {
        return signUp("Afi", "Mensah");
    }

    /** Signs somebody up with a new phone. */
    Person signUp(String firstName, String lastName) {
        secrets.add(PASSWORD);
        String phone = newPhone();
        Answer answer = register(registration(verificationToken(phone), firstName, lastName));
        return new Person(phone, PASSWORD, answer.expect(201).body(), api);
    }

    /** Signs somebody up who owns a store. */
    Person signUpStoreOwner() {
        String phone = newPhone();
        ObjectNode registration = registration(verificationToken(phone), "Kossi", "Adjovi");
        Answer answer = register(registration.put("user_type", "store_owner"));
        return new Person(phone, PASSWORD, answer.expect(201).body(), api);
    }

    /** Signs up Afi Mensah with money in her wallet. */
    Person signUpWith(long amount) {
        Person person = signUp();
        cloud.fund(person.phone(), amount);
        return person;
    }

    /** What register takes, for the phone of that token. */
    ObjectNode registration(String verificationToken, String firstName, String lastName) {
        return Api.object(
                "verification_token",
                verificationToken,
                "first_name",
                firstName,
                "last_name",
                lastName,
                "password",
                PASSWORD,
                "user_type",
                "client",
                "consents",
                Api.object("terms", true, "privacy", true));
    }

    /** Registers. */
    Answer register(ObjectNode registration) {
        return api.postText("/api/auth/register", registration.toString());
    }

    /** Proves by a code that somebody who registers has the phone. */
    String verificationToken(String phone) {
        return verifyNewest(sendOtp(phone, "registration").expect(202), phone)
                .expect(200)
                .text("verification_token");
    }

    /** Has a code sent. */
    Answer sendOtp(String phone, String type) {
        return api.post("/api/auth/send-otp", "phone", phone, "type", type);
    }

    /** Types in the newest code that the phone got. */
    Answer verifyNewest(Answer sent, String phone) {
        return verify(sent, newestCode(phone));
    }

    /** Types in some code. */
    Answer verify(Answer sent, String code) {
        return api.post("/api/auth/verify-otp", "verification_id", sent.text("verification_id"), "code", code);
    }

    /** The newest code that the phone got. */
    String newestCode(String phone) {
        Matcher code = CODE.matcher(
                cloud.texts(phone.substring(TOGO.length())).path(0).path("text").asText());
        assumeTrue(code.find(), "codes can be read from a one-machine cloud only");
        secrets.add(code.group());
        return code.group();
    }

    /** A code that the phone did not get. */
    String wrongCode(String phone) {
        return newestCode(phone).equals("000000") ? "000001" : "000000";
    }
}

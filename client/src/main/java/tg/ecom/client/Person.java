package tg.ecom.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody with an app, signed in. The app does what apps do: a token that has run out is refreshed, and when that is
 * too late, the person logs in again.
 */
public final class Person {
    /** What people choose who are made here. */
    public static final String PASSWORD = "une phrase que je retiens";

    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;

    /** A code that was used up by a request whose answer was lost needs another. */
    private static final int ATTEMPTS_MAX = 4;

    /** Before another code is sent. */
    private static final Duration RESEND = Duration.ofSeconds(61);

    private final Ecom ecom;
    private final String phone;
    private final String password;
    private JsonNode tokens;

    private Person(Ecom ecom, String phone, String password, JsonNode tokens) {
        this.ecom = ecom;
        this.phone = phone;
        this.password = password;
        this.tokens = tokens;
    }

    /**
     * Who somebody is who has no account yet.
     *
     * @param phone 8 digits, or in E.164
     * @param type {@code client}, {@code driver} or {@code store_owner}
     */
    public record Newcomer(String phone, String firstName, String lastName, String password, String type) {
        /** A client with the usual password. */
        public static Newcomer client(String phone, String firstName, String lastName) {
            return new Newcomer(phone, firstName, lastName, PASSWORD, "client");
        }
    }

    /**
     * Signs somebody up with a code, which is read where their phone would have got it. Who has lost an answer on the
     * way asks for another code; who turns out to have an account logs in.
     *
     * @throws ClientException when the API refuses
     */
    public static Person signUp(Ecom ecom, Newcomer who) {
        Answer registered = register(ecom, who);
        for (int attempt = 1; isSpent(registered) && attempt < ATTEMPTS_MAX; attempt++) {
            registered = register(ecom, who);
        }
        if (registered.problem().equals("phone_taken")) {
            return logIn(ecom, who.phone(), who.password());
        }
        return new Person(
                ecom, who.phone(), who.password(), registered.expect(CREATED).path("tokens"));
    }

    /** Logs somebody in who has an account. @throws ClientException when the API refuses */
    public static Person logIn(Ecom ecom, String phone, String password) {
        Answer answer = ecom.post("/api/auth/login", Map.of(), Map.of("phone", phone, "password", password));
        return new Person(ecom, phone, password, answer.expect(Tools.OK));
    }

    /** The code in the newest text message to a phone. @throws ClientException when there is none */
    public static String newestCode(Ecom ecom, String phone) {
        String text = ecom.tools().texts(phone).stream().findFirst().orElse("");
        Matcher code = CODE.matcher(text);
        if (!code.find()) {
            throw new ClientException("No code came to " + phone + ".");
        }
        return code.group();
    }

    private static Answer register(Ecom ecom, Newcomer who) {
        Map<String, String> wish = Map.of("phone", who.phone(), "type", "registration");
        Answer sent = ecom.post("/api/auth/send-otp", Map.of(), wish);
        if (sent.status() == TOO_MANY) {
            ecom.tools().advance(RESEND);
            sent = ecom.post("/api/auth/send-otp", Map.of(), wish);
        }
        sent.expect(ACCEPTED);
        Map<String, String> proof =
                Map.of("verification_id", sent.text("verification_id"), "code", newestCode(ecom, who.phone()));
        Answer verified = ecom.post("/api/auth/verify-otp", Map.of(), proof);
        if (isSpent(verified)) {
            return verified;
        }
        Map<String, Object> account = new HashMap<>();
        account.put("verification_token", verified.expect(Tools.OK).path("verification_token"));
        account.put("first_name", who.firstName());
        account.put("last_name", who.lastName());
        account.put("password", who.password());
        account.put("user_type", who.type());
        account.put("language", "fr");
        account.put("consents", Map.of("terms", true, "privacy", true));
        return ecom.post("/api/auth/register", Map.of(), account);
    }

    /** Whether a code or the token for it is good no more, as after a request whose answer was lost. */
    private static boolean isSpent(Answer answer) {
        return answer.problem().equals("code_expired") || answer.problem().equals("verification_token_invalid");
    }

    /** The same person, whose app talks to Ecom in another way. */
    public Person in(Ecom other) {
        return new Person(other, phone, password, tokens);
    }

    /** As they signed up or logged in with it. */
    public String phone() {
        return phone;
    }

    /** What the app shows to continue the session. */
    public String refreshToken() {
        return tokens.path("refresh_token").asText();
    }

    /** Continues the session by a refresh token, without keeping what comes. */
    public Answer refresh(String token) {
        return ecom.post("/api/auth/refresh", Map.of(), Map.of("refresh_token", token));
    }

    /** Continues the session. @throws ClientException when it has ended */
    public void refresh() {
        tokens = refresh(refreshToken()).expect(Tools.OK);
    }

    /** Logs in again, which opens another session. */
    public void logIn() {
        tokens = logIn(ecom, phone, password).tokens;
    }

    /** GET, signed in. */
    public Answer get(String path) {
        return signedIn(Map.of(), headers -> ecom.get(path, headers));
    }

    /** POST, signed in. */
    public Answer post(String path, Object body) {
        return signedIn(Map.of(), headers -> ecom.post(path, headers, body));
    }

    /** POST with an idempotency key, signed in. */
    public Answer post(String path, String key, Object body) {
        return signedIn(Map.of("idempotency-key", key), headers -> ecom.post(path, headers, body));
    }

    /** PUT, signed in. */
    public Answer put(String path, Object body) {
        return signedIn(Map.of(), headers -> ecom.send("PUT", path, headers, body));
    }

    private interface Call {
        Answer with(Map<String, String> headers);
    }

    private Answer signedIn(Map<String, String> own, Call call) {
        Answer answer = call.with(authorized(own));
        if (answer.status() != UNAUTHORIZED || !answer.problem().equals("token_expired")) {
            return answer;
        }
        Answer refreshed = refresh(refreshToken());
        if (refreshed.status() == Tools.OK) {
            tokens = refreshed.body();
        } else {
            logIn();
        }
        return call.with(authorized(own));
    }

    private Map<String, String> authorized(Map<String, String> own) {
        Map<String, String> headers = new HashMap<>(own);
        headers.put("authorization", "Bearer " + tokens.path("access_token").asText());
        return headers;
    }
}

package tg.ecom.local.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tg.ecom.kernel.Phone;
import tg.ecom.local.aws.SmsOutbox;

/**
 * Signs people up as an app does, over this machine's own API; the code is read where their phone would have got it.
 */
public final class SignUp {
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

    private final ObjectMapper json = new ObjectMapper();
    private final AppClient app;
    private final Supplier<SmsOutbox> sms;

    /** By that app, with the outbox of the machine's text messages. */
    public SignUp(AppClient app, Supplier<SmsOutbox> sms) {
        this.app = app;
        this.sms = sms;
    }

    /**
     * Somebody who has no account yet.
     *
     * @param userType as the API calls it
     */
    public record Newcomer(Phone phone, String firstName, String lastName, String password, String userType) {}

    /**
     * Makes the account.
     *
     * @return the API as they see it
     * @throws JsonAnswers.Refusal with the API's words when it refuses
     */
    public AppClient run(Newcomer newcomer) {
        JsonNode sent = app.post(
                "/api/auth/send-otp",
                json.createObjectNode().put("phone", newcomer.phone().e164()).put("type", "registration"));
        JsonNode verified = app.post(
                "/api/auth/verify-otp",
                json.createObjectNode()
                        .put("verification_id", sent.path("verification_id").asText())
                        .put("code", code(newcomer.phone())));
        ObjectNode registration = json.createObjectNode()
                .put("verification_token", verified.path("verification_token").asText())
                .put("first_name", newcomer.firstName())
                .put("last_name", newcomer.lastName())
                .put("password", newcomer.password())
                .put("user_type", newcomer.userType())
                .put("language", "fr");
        registration.putObject("consents").put("terms", true).put("privacy", true);
        JsonNode account = app.post("/api/auth/register", registration);
        return app.signedIn(account.path("tokens").path("access_token").asText());
    }

    private String code(Phone phone) {
        Matcher code = CODE.matcher(
                sms.get().newest(Optional.of(phone.e164())).getFirst().text());
        if (!code.find()) {
            throw new IllegalStateException("the newest SMS has no code");
        }
        return code.group();
    }
}

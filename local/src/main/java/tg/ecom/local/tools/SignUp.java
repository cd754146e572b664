package tg.ecom.local.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tg.ecom.kernel.Phone;
import tg.ecom.local.aws.SmsOutbox;

/**
 * Signs people up as an app does, over this machine's own API; the code is read where their phone would have got it.
 */
final class SignUp {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ERROR_STATUS = 300;
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final Supplier<SmsOutbox> sms;

    /** At that address, with the outbox of its text messages. */
    SignUp(String address, Supplier<SmsOutbox> sms) {
        this.address = address;
        this.sms = sms;
    }

    /** Somebody who has no account yet. */
    record Newcomer(Phone phone, String firstName, String lastName, String password) {}

    /** Makes the account, as a client. @throws JsonAnswers.Refusal with the API's words when it refuses */
    void run(Newcomer newcomer) {
        JsonNode sent = post(
                "send-otp",
                json.createObjectNode().put("phone", newcomer.phone().e164()).put("type", "registration"));
        JsonNode verified = post(
                "verify-otp",
                json.createObjectNode()
                        .put("verification_id", sent.path("verification_id").asText())
                        .put("code", code(newcomer.phone())));
        ObjectNode registration = json.createObjectNode()
                .put("verification_token", verified.path("verification_token").asText())
                .put("first_name", newcomer.firstName())
                .put("last_name", newcomer.lastName())
                .put("password", newcomer.password())
                .put("user_type", "client");
        registration.putObject("consents").put("terms", true).put("privacy", true);
        post("register", registration);
    }

    private String code(Phone phone) {
        Matcher code = CODE.matcher(
                sms.get().newest(Optional.of(phone.e164())).getFirst().text());
        if (!code.find()) {
            throw new IllegalStateException("the newest SMS has no code");
        }
        return code.group();
    }

    private JsonNode post(String operation, ObjectNode body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/auth/" + operation))
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .header("accept-language", "en")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode answer = json.readTree(response.body());
            if (response.statusCode() >= ERROR_STATUS) {
                throw new JsonAnswers.Refusal(
                        operation + " refuses: " + answer.path("detail").asText());
            }
            return answer;
        } catch (IOException failed) {
            throw new JsonAnswers.Refusal(operation + " does not answer.");
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new JsonAnswers.Refusal(operation + " was not answered before the end.");
        }
    }
}

package tg.ecom.tests.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks to a one-machine cloud as an app and a developer do. */
final class Client {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(40);
    private static final Pattern CODE = Pattern.compile("\\b\\d{6}\\b");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;

    Client(int port) {
        this.address = "http://127.0.0.1:" + port;
    }

    /** An answer's status and body. */
    record Answer(int status, JsonNode body) {}

    /** Tokens of somebody who signs up. */
    record Tokens(String access, String refresh) {}

    Tokens signUp(String phone) {
        JsonNode sent = expect(202, post("/api/auth/send-otp", Map.of("phone", phone, "type", "registration")));
        Matcher code =
                CODE.matcher(sms(phone).path("items").path(0).path("text").textValue());
        if (!code.find()) {
            throw new AssertionError("no code was sent");
        }
        Map<String, Object> tried =
                Map.of("verification_id", sent.path("verification_id").textValue(), "code", code.group());
        JsonNode verified = expect(200, post("/api/auth/verify-otp", tried));
        Map<String, Object> person = Map.of(
                "verification_token", verified.path("verification_token").textValue(),
                "first_name", "Afi",
                "last_name", "Mensah",
                "password", "une phrase que je retiens",
                "user_type", "client",
                "email", "afi" + phone + "@example.tg",
                "date_of_birth", "1990-02-03",
                "consents", Map.of("terms", true, "privacy", true));
        JsonNode tokens = expect(201, post("/api/auth/register", person)).path("tokens");
        return new Tokens(
                tokens.path("access_token").textValue(),
                tokens.path("refresh_token").textValue());
    }

    void fund(String phone, long amount) {
        expect(200, post("/_local/ledger/fund", Map.of("phone", phone, "amount", amount)));
    }

    long balance(Tokens tokens) {
        return expect(200, get("/api/wallet/balance", tokens)).path("balance").longValue();
    }

    JsonNode sms(String phone) {
        return expect(200, send(request("/_local/sms?phone=" + phone).GET().build()));
    }

    JsonNode sessions(Tokens tokens) {
        return expect(200, get("/api/auth/sessions", tokens));
    }

    JsonNode verify() {
        return expect(200, post("/_local/ledger/verify", Map.of()));
    }

    Answer transfer(Tokens from, String toPhone, long amount, String key) {
        HttpRequest request = request("/api/wallet/transfer")
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + from.access())
                .header("idempotency-key", key)
                .POST(body(Map.of("to_phone", toPhone, "amount", amount)))
                .build();
        return send(request);
    }

    Answer refresh(Tokens tokens) {
        return post("/api/auth/refresh", Map.of("refresh_token", tokens.refresh()));
    }

    static JsonNode expect(int status, Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError("expected " + status + ", got " + answer);
        }
        return answer.body();
    }

    private Answer get(String path, Tokens tokens) {
        return send(request(path)
                .header("authorization", "Bearer " + tokens.access())
                .GET()
                .build());
    }

    private Answer post(String path, Map<String, ?> body) {
        return send(request(path)
                .header("content-type", "application/json")
                .POST(body(body))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(TIMEOUT);
    }

    private static HttpRequest.BodyPublisher body(Map<String, ?> body) {
        return HttpRequest.BodyPublishers.ofString(JSON.valueToTree(body).toString());
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}

package tg.ecom.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API as an app uses it, and the tools of the one-machine cloud beside it. */
final class App {
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int ERROR_STATUS = 300;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final String address;
    private int people;

    /**
     * Somebody who is signed in.
     *
     * @param phone 8 digits
     */
    record Person(String phone, String token) {}

    /** Talks to {@code http://HOST:PORT}. */
    App(String address) {
        this.address = address;
    }

    /** Signs somebody up with the next phone, as a {@code client} or a {@code store_owner}. */
    Person signUp(String type) {
        String phone = String.format(Locale.ROOT, "90%06d", ++people);
        String verification = post("/api/auth/send-otp", Map.of("phone", phone, "type", "registration"))
                .path("verification_id")
                .asText();
        Matcher code = CODE.matcher(
                get("/_local/sms?phone=" + phone).at("/items/0/text").asText());
        if (!code.find()) {
            throw new BenchmarkFailure("No code came to " + phone + ".");
        }
        String token = post("/api/auth/verify-otp", Map.of("verification_id", verification, "code", code.group()))
                .path("verification_token")
                .asText();
        Map<String, Object> registration = Map.of(
                "verification_token",
                token,
                "first_name",
                "Afi",
                "last_name",
                "Mensah",
                "password",
                "une phrase que je retiens",
                "user_type",
                type,
                "consents",
                Map.of("terms", true, "privacy", true));
        return new Person(
                phone,
                post("/api/auth/register", registration)
                        .at("/tokens/access_token")
                        .asText());
    }

    /** Waits until the execution of that name has ended. */
    void awaitEnd(String execution) {
        Waiting.until(
                "the execution ended",
                () -> !get("/_local/executions/" + execution)
                        .path("status")
                        .asText()
                        .equals("RUNNING"));
    }

    /** Moves the time that everything sees. */
    void advance(Duration by) {
        post("/_local/clock", Map.of("advance_s", by.toSeconds()));
    }

    /** Reads what anybody may. */
    JsonNode get(String path) {
        return send(request(path), "GET", Map.of());
    }

    /** Posts what anybody may. */
    JsonNode post(String path, Map<String, ?> body) {
        return send(request(path), "POST", body);
    }

    /** Reads something as somebody. */
    JsonNode get(Person person, String path) {
        return send(requestOf(person, path), "GET", Map.of());
    }

    /** Posts something as somebody, under a new idempotency key. */
    JsonNode post(Person person, String path, Map<String, ?> body) {
        return send(
                requestOf(person, path)
                        .header("idempotency-key", UUID.randomUUID().toString()),
                "POST",
                body);
    }

    /** Puts something as somebody. */
    JsonNode put(Person person, String path, Map<String, ?> body) {
        return send(requestOf(person, path), "PUT", body);
    }

    private HttpRequest.Builder requestOf(Person person, String path) {
        return request(path).header("authorization", "Bearer " + person.token());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(TIMEOUT);
    }

    private JsonNode send(HttpRequest.Builder request, String method, Map<String, ?> body) {
        try {
            HttpRequest.BodyPublisher content = method.equals("GET")
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body));
            HttpRequest whole = request.header("content-type", "application/json")
                    .method(method, content)
                    .build();
            HttpResponse<byte[]> response = http.send(whole, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() >= ERROR_STATUS) {
                throw new BenchmarkFailure(method + " " + whole.uri().getPath() + " answered " + response.statusCode()
                        + " " + json.readTree(response.body()) + ".");
            }
            return json.readTree(response.body());
        } catch (IOException failure) {
            throw new BenchmarkFailure("The API can't be reached: " + failure + ".");
        } catch (InterruptedException toldToEnd) {
            throw BenchmarkFailure.interrupted();
        }
    }
}

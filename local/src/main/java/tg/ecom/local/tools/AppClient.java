package tg.ecom.local.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;

/** This machine's own API as an app calls it. What the API refuses is a {@link JsonAnswers.Refusal} in its words. */
public final class AppClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration WAIT_MIN = Duration.ofSeconds(1);
    private static final int ERROR_STATUS = 300;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http;
    private final String address;
    private final Optional<String> accessToken;
    private final Duration waitMax;

    /** At that address, with nobody signed in. */
    public AppClient(String address) {
        this(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                address,
                Optional.empty(),
                Duration.ZERO);
    }

    private AppClient(HttpClient http, String address, Optional<String> accessToken, Duration waitMax) {
        this.http = http;
        this.address = address;
        this.accessToken = accessToken;
        this.waitMax = waitMax;
    }

    /** The same API as somebody sees it. */
    public AppClient signedIn(String token) {
        return new AppClient(http, address, Optional.of(token), waitMax);
    }

    /** A client that tries again after Retry-After, as long as it waits no longer than that for one request. */
    public AppClient waiting(Duration max) {
        return new AppClient(http, address, accessToken, max);
    }

    /** Reads. */
    public JsonNode get(String path) {
        return send(path, request(path).GET().build());
    }

    /** Has something done. */
    public JsonNode post(String path, JsonNode body) {
        return send(
                path,
                request(path)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(PATIENCE)
                .header("accept-language", "en");
        accessToken.ifPresent(token -> request.header("authorization", "Bearer " + token));
        return request;
    }

    private JsonNode send(String path, HttpRequest request) {
        String operation = path.replaceFirst("\\?.*", "").replaceFirst(".*/", "");
        Duration left = waitMax;
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            Optional<Duration> wait = wait(response, left);
            while (wait.isPresent()) {
                Thread.sleep(wait.get());
                left = left.minus(wait.get());
                response = http.send(request, BodyHandlers.ofString());
                wait = wait(response, left);
            }
            JsonNode answer = json.readTree(response.body());
            if (response.statusCode() >= ERROR_STATUS) {
                throw new JsonAnswers.Refusal(operation + " refuses: " + reason(answer));
            }
            return answer;
        } catch (IOException failed) {
            throw new JsonAnswers.Refusal(operation + " does not answer.");
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new JsonAnswers.Refusal(operation + " was not answered before the end.");
        }
    }

    /** How long to wait before the next try, if there shall be one. */
    private static Optional<Duration> wait(HttpResponse<?> response, Duration max) {
        return response.headers()
                .firstValue("retry-after")
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .map(told -> told.compareTo(WAIT_MIN) < 0 ? WAIT_MIN : told)
                .filter(told -> told.compareTo(max) <= 0);
    }

    /** The problem's sentence, and what it says of fields. */
    private static String reason(JsonNode problem) {
        StringJoiner fields = new StringJoiner(", ", " (", ")").setEmptyValue("");
        problem.path("errors")
                .forEach(error -> fields.add(error.path("field").asText() + " "
                        + error.path("message").asText()));
        return problem.path("detail").asText(problem.path("message").asText()) + fields;
    }
}

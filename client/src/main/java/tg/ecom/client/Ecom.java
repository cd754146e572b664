package tg.ecom.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** An Ecom that runs somewhere. */
public final class Ecom {
    /** Longer than any function may take. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(45);

    /** Whoever is ready answers that at once. */
    private static final Duration READY_MAX = Duration.ofSeconds(2);

    private static final String JSON = "application/json";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final String address;
    private final Wire wire;
    private final Consumer<Answer> told;

    /** The one at {@code http://HOST:PORT}. */
    public Ecom(String address) {
        this(address, Wire.PLAIN);
    }

    /** The same, with somebody who is told of what goes over the wire. */
    public Ecom(String address, Wire wire) {
        this(address, wire, answer -> {});
    }

    private Ecom(String address, Wire wire, Consumer<Answer> told) {
        this.address = address;
        this.wire = wire;
        this.told = told;
    }

    /** The same one, with somebody who is told of each answer. */
    public Ecom telling(Consumer<Answer> listener) {
        return new Ecom(address, wire, listener);
    }

    /** Where it is, without a slash at the end. */
    public String address() {
        return address;
    }

    /** GET. */
    public Answer get(String path, Map<String, String> headers) {
        return send("GET", path, headers, "");
    }

    /** POST of what Jackson writes as JSON. */
    public Answer post(String path, Map<String, String> headers, Object body) {
        return send("POST", path, headers, json.valueToTree(body).toString());
    }

    /** Any method, with what Jackson writes as JSON. */
    public Answer send(String method, String path, Map<String, String> headers, Object body) {
        return send(method, path, headers, json.valueToTree(body).toString());
    }

    /** The tools below {@code /_local}, which a one-machine cloud has. */
    public Tools tools() {
        return new Tools(this);
    }

    /** Whether it is there and ready. It is asked once, and not over the wire. */
    public boolean isReady() {
        try {
            return exchange("GET", "/_local/health", Map.of(), "", READY_MAX).status() == Tools.OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    private Answer send(String method, String path, Map<String, String> headers, String body) {
        while (true) {
            wire.sending(method + " " + path);
            try {
                Answer answer = exchange(method, path, headers, body, ANSWER_MAX);
                told.accept(answer);
                return answer;
            } catch (IOException unanswered) {
                if (!wire.again(unanswered)) {
                    throw new ClientException(method + " " + path + " had no answer: " + unanswered);
                }
            }
        }
    }

    private Answer exchange(String method, String path, Map<String, String> headers, String body, Duration max)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(max)
                .setHeader("accept-language", "en")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.setHeader("content-type", JSON);
        }
        headers.forEach(request::setHeader);
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(method + " " + path, response.statusCode(), read(response.body()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ClientException(method + " " + path + " was interrupted.");
        }
    }

    private JsonNode read(String body) {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException notJson) {
            return json.getNodeFactory().textNode(body);
        }
    }
}

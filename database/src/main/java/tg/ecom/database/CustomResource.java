package tg.ecom.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * The asking side of a custom resource: CloudFormation, which is told by a PUT to the address in its request. An event
 * without such an address came from somebody who reads the function's answer instead.
 */
final class CustomResource {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** CloudFormation refuses an answer above 4 KB. */
    private static final int REASON_LENGTH_MAX = 2000;

    /** Always the same: another would make CloudFormation replace the resource, that is, delete the old one. */
    private static final String PHYSICAL_ID = "ecom-migrations";

    private final JsonNode request;

    CustomResource(JsonNode request) {
        this.request = request;
    }

    void succeeded(Migrations.Outcome outcome) {
        ObjectNode answer = answer("SUCCESS");
        answer.putObject("Data").put("Executed", outcome.executed()).put("Version", outcome.version());
        send(answer);
    }

    void failed(RuntimeException failure) {
        String reason = String.valueOf(failure.getMessage());
        send(answer("FAILED").put("Reason", reason.substring(0, Math.min(reason.length(), REASON_LENGTH_MAX))));
    }

    private ObjectNode answer(String status) {
        ObjectNode answer = JSON.createObjectNode().put("Status", status).put("PhysicalResourceId", PHYSICAL_ID);
        for (String echoed : new String[] {"StackId", "RequestId", "LogicalResourceId"}) {
            answer.put(echoed, request.path(echoed).asText());
        }
        return answer;
    }

    private void send(ObjectNode answer) {
        if (!request.hasNonNull("ResponseURL")) {
            return;
        }
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            // No Content-Type: the address is signed for a request without one.
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(
                                    URI.create(request.path("ResponseURL").asText()))
                            .timeout(TIMEOUT)
                            .PUT(HttpRequest.BodyPublishers.ofString(text(answer)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException("CloudFormation refused the answer: " + response.statusCode());
            }
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while answering CloudFormation", interrupted);
        }
    }

    private static String text(ObjectNode answer) {
        try {
            return JSON.writeValueAsString(answer);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package tg.ecom.local.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tg.ecom.local.aws.Account;
import tg.ecom.local.aws.AwsRequest;
import tg.ecom.local.aws.AwsResponse;
import tg.ecom.local.aws.AwsService;

/** SQS as local itself calls it, by its JSON protocol. */
public final class QueueService {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;

    private final AwsService queues;
    private final String address;

    /** An answer of SQS that is an error. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refusal(String operation, int status, String answer) {
            super("SQS answered " + operation + " with " + status + ": " + answer);
        }
    }

    /**
     * Calls that service.
     *
     * @param address with what queue URLs begin
     */
    public QueueService(AwsService queues, String address) {
        this.queues = queues;
        this.address = address;
    }

    /** An empty JSON object. */
    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** The URL of a queue, whether it is there or not. */
    String url(String name) {
        return address + "/" + Account.ID + "/" + name;
    }

    /** Calls an operation, such as {@code SendMessage}. @throws Refusal when it answers with an error */
    JsonNode call(String operation, ObjectNode input) {
        AwsResponse response = send(operation, input);
        if (response.status() != OK) {
            throw new Refusal(operation, response.status(), new String(response.body(), StandardCharsets.UTF_8));
        }
        return read(response.body());
    }

    /** As {@link #call}, with nothing for an error of the caller's, such as a queue that is not there. */
    Optional<JsonNode> find(String operation, ObjectNode input) {
        AwsResponse response = send(operation, input);
        return response.status() == OK ? Optional.of(read(response.body())) : Optional.empty();
    }

    private AwsResponse send(String operation, ObjectNode input) {
        Map<String, String> headers =
                Map.of("x-amz-target", "AmazonSQS." + operation, "content-type", "application/x-amz-json-1.0");
        byte[] body = input.toString().getBytes(StandardCharsets.UTF_8);
        return queues.handle(new AwsRequest("POST", "/", "", headers, body));
    }

    private static JsonNode read(byte[] body) {
        try {
            return body.length == 0 ? object() : JSON.readTree(body);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}

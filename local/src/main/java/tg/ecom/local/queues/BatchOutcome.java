package tg.ecom.local.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tg.ecom.local.lambda.Invoker;

/** Which messages of a batch a function has done, by the rules of Lambda's partial batch responses. */
final class BatchOutcome {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BatchOutcome() {}

    /**
     * The messages that are done.
     *
     * @param reportsItemFailures whether the function answers with those that failed; if not, its answer says nothing
     */
    static List<JsonNode> done(List<JsonNode> messages, Invoker.Result result, boolean reportsItemFailures) {
        if (result.functionError().isPresent()) {
            return List.of();
        }
        return reportsItemFailures ? withoutFailures(messages, result.payload()) : messages;
    }

    /** An answer that can't be right, such as one that names a message not in the batch, counts for all as failed. */
    private static List<JsonNode> withoutFailures(List<JsonNode> messages, byte[] payload) {
        JsonNode answer;
        try {
            answer = JSON.readTree(payload);
        } catch (IOException malformed) {
            return List.of();
        }
        JsonNode failures = answer.path("batchItemFailures");
        boolean silent = answer.isMissingNode() || answer.isNull();
        if (silent || (answer.isObject() && (failures.isMissingNode() || failures.isNull()))) {
            return messages;
        }
        Set<String> failed = new HashSet<>();
        failures.forEach(failure -> failed.add(failure.path("itemIdentifier").asText("")));
        Set<String> sent = new HashSet<>();
        messages.forEach(message -> sent.add(id(message)));
        if (!failures.isArray() || !sent.containsAll(failed)) {
            return List.of();
        }
        return messages.stream()
                .filter(message -> !failed.contains(id(message)))
                .toList();
    }

    private static String id(JsonNode message) {
        return message.path("MessageId").asText();
    }
}

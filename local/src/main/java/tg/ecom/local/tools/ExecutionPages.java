package tg.ecom.local.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Executions of several state machines as one list, newest first. Step Functions lists those of one machine, so a
 * cursor of ours holds where each machine's list goes on.
 */
final class ExecutionPages {
    private static final int PAGE_SIZE = 50;

    /** In a cursor, of a machine whose list has been shown to its end. */
    private static final String ENDED = "";

    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final BiFunction<String, ObjectNode, JsonNode> interpreter;
    private final Optional<String> status;

    /** Over the actions of Step Functions; only of that status, if any. */
    ExecutionPages(BiFunction<String, ObjectNode, JsonNode> interpreter, Optional<String> status) {
        this.interpreter = interpreter;
        this.status = status;
    }

    /** As ListExecutions has them, and the cursor of the next page unless this is the last. */
    record Page(List<JsonNode> executions, Optional<String> next) {}

    /** An execution and the ARN of its machine. */
    private record Listed(String machine, JsonNode execution) {
        private double startedAt() {
            return execution.path("startDate").doubleValue();
        }
    }

    Page page(List<String> machines, Optional<String> cursor) {
        JsonNode from = cursor.map(this::read).orElseGet(json::createObjectNode);
        List<Listed> found = new ArrayList<>();
        Map<String, Integer> fetched = new LinkedHashMap<>();
        Map<String, String> next = new LinkedHashMap<>();
        for (String machine : machines) {
            Optional<String> token = Optional.ofNullable(from.path(machine).textValue());
            if (token.filter(ENDED::equals).isEmpty()) {
                JsonNode list = list(machine, token, PAGE_SIZE);
                list.path("executions").forEach(each -> found.add(new Listed(machine, each)));
                fetched.put(machine, list.path("executions").size());
                next.put(machine, list.path("nextToken").asText(ENDED));
            }
        }
        found.sort(Comparator.comparingDouble(Listed::startedAt).reversed());
        List<Listed> shown = found.subList(0, Math.min(PAGE_SIZE, found.size()));
        return new Page(shown.stream().map(Listed::execution).toList(), cursorAfter(shown, from, fetched, next));
    }

    private Optional<String> cursorAfter(
            List<Listed> shown, JsonNode from, Map<String, Integer> fetched, Map<String, String> next) {
        ObjectNode after = (ObjectNode) from.deepCopy();
        fetched.forEach((machine, count) -> {
            int taken = (int)
                    shown.stream().filter(each -> each.machine.equals(machine)).count();
            if (taken == count) {
                after.put(machine, next.get(machine));
            } else if (taken > 0) {
                Optional<String> token = Optional.ofNullable(from.path(machine).textValue());
                after.put(machine, list(machine, token, taken).path("nextToken").asText(ENDED));
            }
        });
        boolean isLast = fetched.keySet().stream()
                .allMatch(machine -> after.path(machine).asText("more").equals(ENDED));
        return isLast
                ? Optional.empty()
                : Optional.of(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(after.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private JsonNode list(String machine, Optional<String> token, int count) {
        ObjectNode input =
                json.createObjectNode().put("stateMachineArn", machine).put("maxResults", count);
        status.ifPresent(asked -> input.put("statusFilter", asked));
        token.ifPresent(place -> input.put("nextToken", place));
        return interpreter.apply("ListExecutions", input);
    }

    private JsonNode read(String cursor) {
        try {
            JsonNode read = json.readTree(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
            if (read.isObject()) {
                return read;
            }
        } catch (IllegalArgumentException | JsonProcessingException notOurs) {
            throw new JsonAnswers.Refusal("That is no cursor.");
        }
        throw new JsonAnswers.Refusal("That is no cursor.");
    }
}

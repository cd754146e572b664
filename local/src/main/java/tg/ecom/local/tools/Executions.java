package tg.ecom.local.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tg.ecom.local.gateway.ToolRequest;
import tg.ecom.states.StepFunctions;
import tg.ecom.states.StepFunctionsException;

/** Executions of all state machines, as {@code /_local/executions} shows them. */
final class Executions {
    private static final int SHOWN_MAX = 100;
    private static final int PAGE_SIZE_MAX = 1_000;
    private static final int MILLIS_PER_S = 1_000;

    private final ObjectMapper json = new ObjectMapper();
    private final Supplier<StepFunctions> interpreter;

    Executions(Supplier<StepFunctions> interpreter) {
        this.interpreter = interpreter;
    }

    /** {@code {items}} of the newest, or the one whose name the path has, with its history. */
    JsonNode answer(ToolRequest request) {
        String name = request.path().replaceFirst("^/", "");
        return name.isEmpty() ? newest() : one(name);
    }

    private JsonNode newest() {
        List<JsonNode> all = new ArrayList<>();
        for (String machine : stateMachines()) {
            ObjectNode input =
                    json.createObjectNode().put("stateMachineArn", machine).put("maxResults", SHOWN_MAX);
            call("ListExecutions", input).path("executions").forEach(all::add);
        }
        all.sort(Comparator.comparingDouble(
                        (JsonNode execution) -> execution.path("startDate").doubleValue())
                .reversed());
        ObjectNode answer = json.createObjectNode();
        ArrayNode items = answer.putArray("items");
        all.stream().limit(SHOWN_MAX).map(this::summary).forEach(items::add);
        return answer;
    }

    private JsonNode one(String name) {
        for (String machine : stateMachines()) {
            String arn = machine.replace(":stateMachine:", ":execution:") + ":" + name;
            Optional<JsonNode> found = find(arn);
            if (found.isPresent()) {
                return described(found.get());
            }
        }
        throw new JsonAnswers.NotFound("No execution is called " + name + ".");
    }

    private ObjectNode described(JsonNode execution) {
        ObjectNode answer = summary(execution);
        for (String member : List.of("input", "output")) {
            if (execution.has(member)) {
                answer.set(member, parsed(execution.path(member).asText()));
            }
        }
        for (String member : List.of("error", "cause")) {
            if (execution.has(member)) {
                answer.set(member, execution.get(member));
            }
        }
        answer.set("history", history(execution.path("executionArn").asText()));
        return answer;
    }

    private ObjectNode summary(JsonNode execution) {
        String machine = execution.path("stateMachineArn").asText();
        ObjectNode summary = json.createObjectNode()
                .put("name", execution.path("name").asText())
                .put("state_machine", machine.substring(machine.lastIndexOf(':') + 1))
                .put("status", execution.path("status").asText())
                .put("started_at", time(execution.path("startDate")));
        if (execution.hasNonNull("stopDate")) {
            summary.put("stopped_at", time(execution.path("stopDate")));
        }
        return summary;
    }

    /** Every event as AWS gives it, its time written as in the rest of these answers. */
    private ArrayNode history(String arn) {
        ArrayNode history = json.createArrayNode();
        ObjectNode input = json.createObjectNode().put("executionArn", arn).put("maxResults", PAGE_SIZE_MAX);
        JsonNode page;
        do {
            page = call("GetExecutionHistory", input);
            for (JsonNode event : page.path("events")) {
                history.add(((ObjectNode) event.deepCopy()).put("timestamp", time(event.path("timestamp"))));
            }
            input.set("nextToken", page.get("nextToken"));
        } while (page.hasNonNull("nextToken"));
        return history;
    }

    private List<String> stateMachines() {
        List<String> arns = new ArrayList<>();
        ObjectNode input = json.createObjectNode().put("maxResults", PAGE_SIZE_MAX);
        call("ListStateMachines", input)
                .path("stateMachines")
                .forEach(machine -> arns.add(machine.path("stateMachineArn").asText()));
        return arns;
    }

    private Optional<JsonNode> find(String arn) {
        try {
            return Optional.of(interpreter
                    .get()
                    .call("DescribeExecution", json.createObjectNode().put("executionArn", arn)));
        } catch (StepFunctionsException none) {
            return Optional.empty();
        }
    }

    private JsonNode call(String action, ObjectNode input) {
        try {
            return interpreter.get().call(action, input);
        } catch (StepFunctionsException refused) {
            throw new IllegalStateException(action + " was refused", refused);
        }
    }

    private JsonNode parsed(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an execution's input and output are JSON", impossible);
        }
    }

    private static String time(JsonNode seconds) {
        return Instant.ofEpochMilli(Math.round(seconds.doubleValue() * MILLIS_PER_S))
                .toString();
    }
}

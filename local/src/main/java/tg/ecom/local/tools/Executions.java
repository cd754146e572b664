package tg.ecom.local.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tg.ecom.local.gateway.ToolRequest;
import tg.ecom.states.StepFunctions;
import tg.ecom.states.StepFunctionsException;

/** Executions of all state machines, as {@code /_local/executions} shows them. */
final class Executions {
    private static final long BEFORE_ALL = 0;
    private static final int PAGE_SIZE = 50;
    private static final int PAGE_SIZE_MAX = 1_000;
    private static final int MILLIS_PER_S = 1_000;

    private final ObjectMapper json = new ObjectMapper();
    private final Supplier<StepFunctions> interpreter;

    Executions(Supplier<StepFunctions> interpreter) {
        this.interpreter = interpreter;
    }

    /**
     * A page of all, newest first; or the one whose name the path has, with its machine's definition and its history.
     */
    JsonNode answer(ToolRequest request) {
        String name = request.path().replaceFirst("^/", "");
        return name.isEmpty() ? page(request) : one(name, request);
    }

    private JsonNode page(ToolRequest request) {
        List<String> all = stateMachines();
        List<String> asked = named(all, request.parameter("state_machine"));
        ExecutionPages.Page page =
                new ExecutionPages(this::asked, request.parameter("status")).page(asked, request.parameter("cursor"));
        ObjectNode answer = json.createObjectNode();
        ArrayNode items = answer.putArray("items");
        page.executions().forEach(execution -> items.add(summary(execution)));
        ArrayNode machines = answer.putArray("state_machines");
        all.forEach(arn -> machines.add(lastOf(arn)));
        page.next().ifPresent(next -> answer.put("next_cursor", next));
        return answer;
    }

    private JsonNode one(String name, ToolRequest request) {
        for (String machine : named(stateMachines(), request.parameter("state_machine"))) {
            String arn = machine.replace(":stateMachine:", ":execution:") + ":" + name;
            Optional<JsonNode> found = find(arn);
            if (found.isPresent()) {
                return described(found.get(), after(request));
            }
        }
        throw new JsonAnswers.NotFound("No execution is called " + name + ".");
    }

    private static List<String> named(List<String> machines, Optional<String> name) {
        return machines.stream()
                .filter(arn -> name.isEmpty() || lastOf(arn).equals(name.get()))
                .toList();
    }

    /** The last event that the caller has already. */
    private static long after(ToolRequest request) {
        String text = request.parameter("after").orElse("0");
        if (!text.matches("[0-9]{1,9}")) {
            throw new JsonAnswers.Refusal("\"after\" must be the number of an event.");
        }
        return Long.parseLong(text);
    }

    private ObjectNode described(JsonNode execution, long after) {
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
        String arn = execution.path("executionArn").asText();
        if (after == BEFORE_ALL) {
            // Of the revision that it began with, which never changes.
            ObjectNode input = json.createObjectNode().put("executionArn", arn);
            JsonNode machine = call("DescribeStateMachineForExecution", input);
            answer.set("definition", parsed(machine.path("definition").asText()));
        }
        answer.set("history", history(arn, after));
        return answer;
    }

    private ObjectNode summary(JsonNode execution) {
        ObjectNode summary = json.createObjectNode()
                .put("name", execution.path("name").asText())
                .put("state_machine", lastOf(execution.path("stateMachineArn").asText()))
                .put("status", execution.path("status").asText())
                .put("started_at", time(execution.path("startDate")));
        if (execution.hasNonNull("stopDate")) {
            summary.put("stopped_at", time(execution.path("stopDate")));
        }
        return summary;
    }

    /**
     * Every event after that one, as AWS gives it, its time written as in the rest of these answers. Read from the end,
     * so that who looks each second reads what is new.
     */
    private ArrayNode history(String arn, long after) {
        Deque<JsonNode> newest = new ArrayDeque<>();
        ObjectNode input = json.createObjectNode().put("executionArn", arn).put("reverseOrder", true);
        JsonNode page;
        do {
            page = call(
                    "GetExecutionHistory", input.put("maxResults", after == BEFORE_ALL ? PAGE_SIZE_MAX : PAGE_SIZE));
            for (JsonNode event : page.path("events")) {
                if (event.path("id").longValue() <= after) {
                    return json.createArrayNode().addAll(newest);
                }
                newest.addFirst(((ObjectNode) event.deepCopy()).put("timestamp", time(event.path("timestamp"))));
            }
            input.set("nextToken", page.get("nextToken"));
        } while (page.hasNonNull("nextToken"));
        return json.createArrayNode().addAll(newest);
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

    /** With what the caller said: a status or a cursor may be none. */
    private JsonNode asked(String action, ObjectNode input) {
        try {
            return interpreter.get().call(action, input);
        } catch (StepFunctionsException refused) {
            throw new JsonAnswers.Refusal(refused.getMessage());
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

    private static String lastOf(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    private static String time(JsonNode seconds) {
        return Instant.ofEpochMilli(Math.round(seconds.doubleValue() * MILLIS_PER_S))
                .toString();
    }
}

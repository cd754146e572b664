package tg.ecom.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tg.ecom.states.definition.JsonFaults;
import tg.ecom.states.engine.Engine;
import tg.ecom.states.engine.Event;
import tg.ecom.states.engine.Execution;
import tg.ecom.states.engine.Machine;
import tg.ecom.states.engine.MachineStore;
import tg.ecom.states.engine.Store;
import tg.ecom.states.engine.Stored;

/** The actions on executions. */
final class ExecutionActions {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int DATA_BYTES_MAX = 262_144;
    private static final List<String> EXECUTION_DATA = List.of("input", "output", "parameters", "assignedVariables");
    private static final Set<String> STATUSES =
            Set.of("RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE");

    private final Engine engine;
    private final Store store;
    private final MachineStore machineStore;
    private final MachineActions machines;

    ExecutionActions(Engine engine, Store store, MachineStore machineStore, MachineActions machines) {
        this.engine = engine;
        this.store = store;
        this.machineStore = machineStore;
        this.machines = machines;
    }

    ObjectNode start(Input input) {
        Machine machine = machines.machine(input.text("stateMachineArn"));
        String name = Names.checked(
                input.optionalText("name").orElseGet(() -> UUID.randomUUID().toString()));
        String given = input.optionalText("input").orElse("{}");
        JsonNode data = data(given, "InvalidExecutionInput", "Invalid State Machine Execution Input");
        String arn = machine.arn().replaceFirst(":stateMachine:", ":execution:") + ":" + name;
        Execution execution = engine.start(machine, arn, name, data, given).orElseGet(() -> sameThatRuns(arn, data));
        return Answers.object().put("executionArn", arn).put("startDate", Answers.time(execution.startedAt()));
    }

    ObjectNode describe(Input input) {
        Stored stored = execution(input);
        Execution execution = stored.execution();
        ObjectNode answer = summary(stored);
        boolean isIncluded = input.includesData();
        answer.putObject("inputDetails").put("included", isIncluded);
        if (stored.output().isPresent()) {
            answer.putObject("outputDetails").put("included", isIncluded);
        }
        if (isIncluded) {
            answer.put("input", execution.given());
            stored.output().ifPresent(output -> answer.put("output", output));
            stored.error().ifPresent(error -> answer.put("error", error));
            stored.cause().ifPresent(cause -> answer.put("cause", cause));
        }
        return answer.put("redriveStatus", "NOT_REDRIVABLE").put("redriveStatusReason", whyNotRedrivable(stored));
    }

    ObjectNode describeMachine(Input input) {
        Machine machine = machineStore.revisionOf(execution(input).execution());
        ObjectNode answer = MachineActions.described(machine, input.includesData());
        answer.remove("creationDate");
        return answer.put("updateDate", Answers.time(machine.updatedAt()));
    }

    ObjectNode list(Input input) {
        int size = input.pageSize();
        String machine = machines.machine(input.text("stateMachineArn")).arn();
        String status = input.optionalText("statusFilter").orElse("");
        if (!status.isEmpty() && !STATUSES.contains(status)) {
            throw new StepFunctionsException(
                    "ValidationException",
                    "1 validation error detected: Value '" + status
                            + "' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: "
                            + STATUSES.stream().sorted().toList());
        }
        List<Stored> found = store.list(machine, status, input.pageStartNumber().orElse(Long.MAX_VALUE), size + 1);
        ObjectNode answer = Answers.object();
        ArrayNode told = answer.putArray("executions");
        found.stream().limit(size).forEach(each -> told.add(summary(each)));
        if (found.size() > size) {
            answer.put(
                    "nextToken",
                    Input.pageToken(
                            Long.toString(found.get(size - 1).execution().id())));
        }
        return answer;
    }

    ObjectNode history(Input input) {
        Stored stored = execution(input);
        boolean isReversed = input.truth("reverseOrder", false);
        int size = input.pageSize();
        long start = input.pageStartNumber().orElse(isReversed ? Long.MAX_VALUE : 0L);
        List<Event> found = store.events(stored.execution().id(), start, isReversed, size + 1);
        ObjectNode answer = Answers.object();
        ArrayNode told = answer.putArray("events");
        found.stream().limit(size).forEach(event -> told.add(told(event, input.truth("includeExecutionData", true))));
        if (found.size() > size) {
            answer.put(
                    "nextToken",
                    Input.pageToken(Long.toString(found.get(size - 1).id())));
        }
        return answer;
    }

    ObjectNode stop(Input input) {
        Stored stored = execution(input);
        Optional<String> error = input.error();
        Optional<String> cause = input.cause();
        if (stored.isRunning()) {
            engine.stop(stored.execution().id(), error, cause);
        }
        return Answers.object()
                .put("stopDate", Answers.time(execution(input).stoppedAt().orElseThrow()));
    }

    /** Reads what executions are given and tasks come to: JSON of at most 256 KiB. */
    static JsonNode data(String text, String error, String title) {
        if (text.getBytes(StandardCharsets.UTF_8).length > DATA_BYTES_MAX) {
            throw new StepFunctionsException(
                    error, title + ": 'It is over the maximum of " + DATA_BYTES_MAX + " bytes'");
        }
        try {
            JsonNode data = JSON.readTree(text);
            if (!data.isMissingNode()) {
                return data;
            }
        } catch (JsonProcessingException notJson) {
            throw new StepFunctionsException(error, title + ": '" + JsonFaults.told(notJson) + "'");
        }
        throw new StepFunctionsException(error, title + ": 'It is empty'");
    }

    /**
     * A start that comes again is answered as before while the execution runs; every other one finds the name taken.
     */
    private Execution sameThatRuns(String arn, JsonNode data) {
        return store.find(arn)
                .filter(there -> there.isRunning() && there.execution().input().equals(data))
                .map(Stored::execution)
                .orElseThrow(() -> new StepFunctionsException(
                        "ExecutionAlreadyExists", "Execution Already Exists: '" + arn + "'"));
    }

    private Stored execution(Input input) {
        String arn = Names.executionArn(input.text("executionArn"));
        return store.find(arn)
                .orElseThrow(() ->
                        new StepFunctionsException("ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'"));
    }

    private static String whyNotRedrivable(Stored stored) {
        return stored.isRunning() || stored.status().equals("SUCCEEDED")
                ? "Execution is " + stored.status() + " and cannot be redriven"
                : "Executions can't be redriven here";
    }

    private static ObjectNode summary(Stored stored) {
        Execution execution = stored.execution();
        ObjectNode told = Answers.object()
                .put("executionArn", execution.arn())
                .put("stateMachineArn", execution.machineArn())
                .put("name", execution.name())
                .put("status", stored.status())
                .put("startDate", Answers.time(execution.startedAt()))
                .put("redriveCount", 0);
        stored.stoppedAt().ifPresent(at -> told.put("stopDate", Answers.time(at)));
        return told;
    }

    private static ObjectNode told(Event event, boolean withData) {
        ObjectNode told = Answers.object()
                .put("timestamp", Answers.time(event.at()))
                .put("type", event.type())
                .put("id", event.id())
                .put("previousEventId", event.previousId());
        event.details().properties().forEach(member -> {
            ObjectNode details = (ObjectNode) member.getValue();
            if (!withData) {
                details.remove(EXECUTION_DATA);
            }
            told.set(member.getKey(), details);
        });
        return told;
    }
}

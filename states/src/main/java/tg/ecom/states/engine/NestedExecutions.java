package tg.ecom.states.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a Task that starts an execution is told of it; names have capitals in an integration. */
final class NestedExecutions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private NestedExecutions() {}

    static ObjectNode started(Stored child) {
        ObjectNode told = JsonNodeFactory.instance
                .objectNode()
                .put("ExecutionArn", child.execution().arn())
                .put("StartDate", child.execution().startedAt().toString());
        return Details.sdkMetadata(told);
    }

    /** {@code asJson} says whether input and output are told as JSON, or as texts that hold it. */
    static ObjectNode ended(Stored child, boolean asJson) {
        Execution execution = child.execution();
        ObjectNode told = JsonNodeFactory.instance
                .objectNode()
                .put("ExecutionArn", execution.arn())
                .put("Name", execution.name())
                .put("StateMachineArn", execution.machineArn())
                .put("Status", child.status())
                .put("StartDate", execution.startedAt().toEpochMilli());
        child.stoppedAt().ifPresent(at -> told.put("StopDate", at.toEpochMilli()));
        set(told, "Input", execution.input().toString(), asJson);
        child.output().ifPresent(output -> set(told, "Output", output, asJson));
        child.error().ifPresent(error -> told.put("Error", error));
        child.cause().ifPresent(cause -> told.put("Cause", cause));
        return told;
    }

    private static void set(ObjectNode told, String name, String json, boolean asJson) {
        if (!asJson) {
            told.put(name, json).putObject(name + "Details").put("Included", true);
            return;
        }
        try {
            JsonNode value = JSON.readTree(json);
            told.set(name, value);
            told.putObject(name + "Details").put("Included", true);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("what was kept is no JSON", damaged);
        }
    }
}

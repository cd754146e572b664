package tg.ecom.states.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Definitions and JSON as tests write them: member names without quotes, texts in single quotes. Two states have a
 * short form: {@code {Invoke: 'f', …}} is a Task that invokes the function f with the state's input, and {@code {Park:
 * 'f', …}} one that gives it {@code {token, input}} and waits for the token to come back.
 */
final class Asl {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES, JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .build();

    private Asl() {}

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    static ObjectNode object(String text) {
        return (ObjectNode) json(text);
    }

    /** A machine of JSONata states that begins with the first of them. */
    static String machine(String states) {
        return machine("{}", states);
    }

    /** The same with more fields at its top. */
    static String machine(String fields, String states) {
        ObjectNode machine = object(fields);
        JsonNode written = expanded(json(states));
        if (!machine.has("QueryLanguage")) {
            machine.put("QueryLanguage", "JSONata");
        }
        if (!machine.has("StartAt")) {
            machine.put("StartAt", written.fieldNames().next());
        }
        machine.set("States", written);
        return machine.toString();
    }

    /** A state Z that ends, for a machine in whose text something leads there; else nothing. */
    static String endZ(String text) {
        return text.contains("'Z'") ? ", Z: {Type: 'Pass', End: true}" : "";
    }

    private static JsonNode expanded(JsonNode node) {
        node.forEach(Asl::expanded);
        if (node instanceof ObjectNode state && state.has("Invoke")) {
            task(state, "Invoke", "arn:aws:states:::lambda:invoke", "'{% $states.input %}'");
        }
        if (node instanceof ObjectNode state && state.has("Park")) {
            task(
                    state,
                    "Park",
                    "arn:aws:states:::lambda:invoke.waitForTaskToken",
                    "{token: '{% $states.context.Task.Token %}', input: '{% $states.input %}'}");
        }
        return node;
    }

    private static void task(ObjectNode state, String form, String resource, String payload) {
        ObjectNode arguments = JSON.createObjectNode();
        arguments.set("FunctionName", state.remove(form));
        arguments.set("Payload", json(payload));
        state.put("Type", "Task").put("Resource", resource).set("Arguments", arguments);
    }
}

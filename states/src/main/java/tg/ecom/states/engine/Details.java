package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What events tell, each in the members that the API reference gives it. */
final class Details {
    private static final int OK = 200;

    private Details() {}

    static ObjectNode entered(Scope scope) {
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("name", scope.state);
        return data(details, "input", scope.input);
    }

    static ObjectNode exited(Scope scope, JsonNode output, Map<String, JsonNode> assigned) {
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("name", scope.state);
        data(details, "output", output);
        if (!assigned.isEmpty()) {
            ObjectNode variables = details.putObject("assignedVariables");
            assigned.forEach((name, value) -> variables.put(name, value.toString()));
            details.putObject("assignedVariablesDetails").put("truncated", false);
        }
        return details;
    }

    static ObjectNode failed(Optional<String> error, Optional<String> cause) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        error.ifPresent(each -> details.put("error", each));
        cause.ifPresent(each -> details.put("cause", each));
        return details;
    }

    /** Of the last event, under its own name. */
    static ObjectNode ended(Ending ending) {
        ObjectNode details = ending.output()
                .map(output -> data(JsonNodeFactory.instance.objectNode(), "output", output))
                .orElseGet(() -> failed(ending.error(), ending.cause()));
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        named.set(endedName(ending), details);
        return named;
    }

    private static String endedName(Ending ending) {
        String type = ending.status().event();
        return Character.toLowerCase(type.charAt(0)) + type.substring(1) + "EventDetails";
    }

    /** What every integration's answer has beside its own. */
    static ObjectNode sdkMetadata(ObjectNode answer) {
        answer.putObject("SdkHttpMetadata").put("HttpStatusCode", OK);
        answer.putObject("SdkResponseMetadata")
                .put("RequestId", UUID.randomUUID().toString());
        return answer;
    }

    /** A value as the text that histories hold, and that it is whole. */
    static ObjectNode data(ObjectNode details, String name, JsonNode value) {
        return data(details, name, value.toString());
    }

    static ObjectNode data(ObjectNode details, String name, String json) {
        details.put(name, json).putObject(name + "Details").put("truncated", false);
        return details;
    }
}

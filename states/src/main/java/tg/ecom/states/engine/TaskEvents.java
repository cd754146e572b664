package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import tg.ecom.states.definition.Resource;

/** What the history tells of a Task. A function called by its own ARN has types of events of its own. */
final class TaskEvents {
    private static final String REGION = "us-east-1";

    private final Run run;
    private final Scope scope;
    private final Resource resource;
    private final boolean isFunction;

    TaskEvents(Run run, Scope scope, Resource resource) {
        this.run = run;
        this.scope = scope;
        this.resource = resource;
        this.isFunction = resource instanceof Resource.LambdaFunction;
    }

    void scheduled(JsonNode request, Optional<Long> timeoutSeconds, Optional<Long> heartbeatSeconds) {
        ObjectNode details = isFunction
                ? Details.data(object().put("resource", resource.action()), "input", request)
                : named().put("region", region()).put("parameters", request.toString());
        timeoutSeconds.ifPresent(seconds -> details.put("timeoutInSeconds", seconds));
        if (!isFunction) {
            heartbeatSeconds.ifPresent(seconds -> details.put("heartbeatInSeconds", seconds));
        }
        tell("Scheduled", details);
        if (isFunction) {
            run.record(scope, "LambdaFunctionStarted");
        } else {
            tell("Started", named());
        }
    }

    void submitted(JsonNode answer) {
        tell("Submitted", Details.data(named(), "output", answer));
    }

    void succeeded(JsonNode result) {
        tell("Succeeded", Details.data(isFunction ? object() : named(), "output", result));
    }

    void failed(String error, Optional<String> cause) {
        tell("Failed", failure(error, cause));
    }

    void timedOut(String error) {
        tell("TimedOut", failure(error, Optional.empty()));
    }

    private ObjectNode failure(String error, Optional<String> cause) {
        ObjectNode details = isFunction ? object() : named();
        details.setAll(Details.failed(Optional.of(error), cause));
        return details;
    }

    private void tell(String what, ObjectNode details) {
        String type = (isFunction ? "LambdaFunction" : "Task") + what;
        run.record(scope, type, (isFunction ? "lambdaFunction" : "task") + what + "EventDetails", details);
    }

    private ObjectNode named() {
        return object().put("resourceType", resource.service()).put("resource", resource.action());
    }

    private String region() {
        String[] parts = run.execution().machineArn().split(":", -1);
        return parts.length > 3 ? parts[3] : REGION;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}

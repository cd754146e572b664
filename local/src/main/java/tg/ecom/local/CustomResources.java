package tg.ecom.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tg.ecom.local.gateway.ToolAnswer;
import tg.ecom.local.gateway.ToolEndpoint;
import tg.ecom.local.gateway.ToolRequest;
import tg.ecom.local.lambda.Invoker;
import tg.ecom.local.parts.PartFailure;
import tg.ecom.local.template.CustomResource;

/**
 * Plays CloudFormation for resources that a function makes: sends the function a Create event, and waits for what it
 * puts to the event's ResponseURL, which is here.
 */
final class CustomResources implements ToolEndpoint {
    static final String TOOL = "custom-resources";
    private static final int ANSWER_TIMEOUT_S = 300;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();
    private final Invoker invoker;
    private final String address;

    CustomResources(Invoker invoker, String address) {
        this.invoker = invoker;
        this.address = address;
    }

    /** Has the resource made. @throws PartFailure with what the function said, when it could not */
    void make(CustomResource resource) {
        String requestId = UUID.randomUUID().toString();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        awaited.put(requestId, answer);
        try {
            Invoker.Result result = invoker.invoke(resource.serviceToken(), event(resource, requestId));
            if (result.functionError().isPresent()) {
                throw new PartFailure(resource.logicalPath() + " could not be made: "
                        + new String(result.payload(), StandardCharsets.UTF_8));
            }
            JsonNode answered = answer.get(ANSWER_TIMEOUT_S, TimeUnit.SECONDS);
            if (!answered.path("Status").asText().equals("SUCCESS")) {
                throw new PartFailure(resource.logicalPath() + " could not be made: "
                        + answered.path("Reason").asText());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PartFailure(resource.logicalPath() + " was not made before the end.", interrupted);
        } catch (ExecutionException | TimeoutException unanswered) {
            throw new PartFailure(resource.logicalPath() + " was not answered for.", unanswered);
        } finally {
            awaited.remove(requestId);
        }
    }

    @Override
    public ToolAnswer handle(ToolRequest request) {
        CompletableFuture<JsonNode> waiting = awaited.get(request.path().replace("/", ""));
        if (waiting == null || !request.method().equals("PUT")) {
            return new ToolAnswer(404, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
        }
        try {
            waiting.complete(json.readTree(request.body()));
        } catch (IOException malformed) {
            waiting.completeExceptionally(malformed);
        }
        return new ToolAnswer(200, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
    }

    private byte[] event(CustomResource resource, String requestId) {
        ObjectNode event = json.createObjectNode()
                .put("RequestType", "Create")
                .put("ResponseURL", address + "/_local/" + TOOL + "/" + requestId)
                .put(
                        "StackId",
                        "arn:aws:cloudformation:us-east-1:000000000000:stack/" + resource.stackName() + "/local")
                .put("RequestId", requestId)
                .put("LogicalResourceId", resource.logicalId())
                .put("ResourceType", resource.type());
        event.set("ResourceProperties", json.valueToTree(resource.properties()));
        try {
            return json.writeValueAsBytes(event);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

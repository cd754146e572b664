package tg.ecom.marketplace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tg.ecom.testing.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import tg.ecom.kernel.OrderId;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Json;
import tg.ecom.states.Account;
import tg.ecom.states.LambdaFunctions;
import tg.ecom.states.StepFunctions;
import tg.ecom.states.StepFunctionsException;
import tg.ecom.testing.InvocationContext;

/**
 * A scene in which orders go through their real machine, under the scene's clock. Of payments there is the edge alone:
 * a machine in the place of the charge's, which waits until the test says how it ends.
 */
final class SagaScene implements AutoCloseable {
    private static final Account ACCOUNT = new Account("000000000000", "us-east-1");
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:";
    private static final String ROLE = "arn:aws:iam::000000000000:role/order";
    private static final String CHARGE = """
            {"QueryLanguage": "JSONata", "StartAt": "Ask", "States": {"Ask": {
              "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
              "Arguments": {"FunctionName": "ask", "Payload": {
                "token": "{% $states.context.Task.Token %}", "payment_id": "{% $states.input.payment_id %}"}},
              "End": true}}}
            """;

    private static final Map<String, String> WAITS = Map.of(
            "pending", "Await confirmation",
            "confirmed", "Await preparation",
            "preparing", "Await readiness",
            "ready", "Await handover",
            "out_for_delivery", "Await delivery");

    final Scene scene = new Scene();

    private final Queue<OrderTasks> idle = new ConcurrentLinkedQueue<>();
    private final Queue<JsonNode> asked = new ConcurrentLinkedQueue<>();
    private final StepFunctions machines;
    private final ActOnOrder acting = scene.actOnOrder();

    SagaScene() {
        machines = StepFunctions.start(scene.superuser(), scene.clock(), ACCOUNT, this::invoke);
        create("charge", CHARGE);
        create("order", definition());
        scene.machines(this::call);
    }

    private static String definition() {
        try {
            return Files.readString(Path.of("../../statemachines/order.asl.json"))
                    .replace("${OrderTasksArn}", FUNCTION + "order-tasks")
                    .replace("${ChargeTasksArn}", FUNCTION + "charge-tasks")
                    .replace("${ChargeArn}", "arn:aws:states:us-east-1:000000000000:stateMachine:charge");
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Takes an order a step further, as somebody. */
    OrderAnswer act(Caller caller, OrderId order, ActOnOrder.Action action) {
        return act(caller, order, action, Optional.empty());
    }

    /** The same, having been told a code. */
    OrderAnswer act(Caller caller, OrderId order, ActOnOrder.Action action, String code) {
        return act(caller, order, action, Optional.of(code));
    }

    /** The same, having been told a code or not. */
    OrderAnswer act(Caller caller, OrderId order, ActOnOrder.Action action, Optional<String> code) {
        synchronized (acting) {
            return acting.handle(caller, new ActOnOrder.Request(order, action, code, Optional.empty()));
        }
    }

    /** Lets time pass, also for machines that wait. */
    void advance(Duration time) {
        scene.clock().advance(time);
        machines.clockMoved();
    }

    /** Waits until the order's machine is in a state. */
    void awaitState(OrderId order, String state) {
        eventually("order " + order + " comes to " + state, () -> states(order).endsWith(state));
    }

    /** Waits until the order's machine has ended. @return the states that it was in */
    String awaitEnd(OrderId order) {
        eventually("the saga of " + order + " ends", () -> !status(order).equals("RUNNING"));
        assertEquals("SUCCEEDED", status(order), states(order));
        return states(order);
    }

    /**
     * Waits until the order's machine has ended, or waits in the state that fits the order's row. Meanwhile time passes
     * slowly: a step that was running when the clock jumped has timed out, and is tried again a little later.
     */
    void awaitStill(OrderId order, Supplier<String> status) {
        eventually("the saga of " + order + " is still", () -> {
            advance(Duration.ofMillis(100));
            return !status(order).equals("RUNNING") || states(order).endsWith(WAITS.getOrDefault(status.get(), "-"));
        });
    }

    /** The states that the order's machine has been in, with commas between. */
    String states(OrderId order) {
        StringJoiner states = new StringJoiner(", ");
        for (JsonNode event : describe("GetExecutionHistory", order).path("events")) {
            if (event.path("type").asText().endsWith("StateEntered")) {
                states.add(event.path("stateEnteredEventDetails").path("name").asText());
            }
        }
        return states.toString();
    }

    /** Ends the charge that was asked for, with the money or without. */
    void charge(boolean paid) {
        eventually("a charge is asked for", () -> !asked.isEmpty());
        ObjectNode told = Json.mapper()
                .createObjectNode()
                .put("taskToken", asked.remove().path("token").asText());
        if (paid) {
            call("SendTaskSuccess", told.put("output", "{}"));
        } else {
            call("SendTaskFailure", told.put("error", "Refused").put("cause", "operator_refused"));
        }
    }

    @Override
    public void close() {
        machines.close();
        scene.close();
    }

    private String status(OrderId order) {
        return describe("DescribeExecution", order).path("status").asText();
    }

    private JsonNode describe(String action, OrderId order) {
        return call(
                action,
                Json.mapper()
                        .createObjectNode()
                        .put("executionArn", "arn:aws:states:us-east-1:000000000000:execution:order:" + order));
    }

    private void create(String name, String definition) {
        JsonNode answer = call(
                "CreateStateMachine",
                Json.mapper()
                        .createObjectNode()
                        .put("name", name)
                        .put("definition", definition)
                        .put("roleArn", ROLE));
        if (answer.has("__type")) {
            throw new AssertionError(answer.toString());
        }
    }

    private JsonNode call(String action, JsonNode request) {
        try {
            return machines.call(action, request);
        } catch (StepFunctionsException refused) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("__type", refused.type())
                    .put("message", refused.getMessage());
        }
    }

    private LambdaFunctions.Answer invoke(String function, byte[] payload) {
        if (function.equals("ask")) {
            asked.add(Refused.json(new String(payload, StandardCharsets.UTF_8)));
            return answer("null");
        } else if (function.endsWith("charge-tasks")) {
            return answer(Refused.json(new String(payload, StandardCharsets.UTF_8))
                    .path("input")
                    .toString());
        }
        OrderTasks instance = Optional.ofNullable(idle.poll()).orElseGet(() -> scene.unreachable(OrderTasks::new));
        try {
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            instance.handleRequest(new ByteArrayInputStream(payload), output, new InvocationContext("1"));
            return answer(output.toString(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException failed) {
            ObjectNode error = Json.mapper()
                    .createObjectNode()
                    .put("errorType", failed.getClass().getName())
                    .put("errorMessage", String.valueOf(failed.getMessage()));
            return new LambdaFunctions.Answer(
                    error.toString().getBytes(StandardCharsets.UTF_8), Optional.of("Unhandled"), "$LATEST");
        } finally {
            idle.add(instance);
        }
    }

    private static LambdaFunctions.Answer answer(String json) {
        return new LambdaFunctions.Answer(json.getBytes(StandardCharsets.UTF_8), Optional.empty(), "$LATEST");
    }
}

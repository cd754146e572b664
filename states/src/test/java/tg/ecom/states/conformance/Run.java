package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tg.ecom.states.Scene.await;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** An execution, asked about through the API. */
record Run(Interpreter interpreter, String arn) {
    /** How often is looked whether something happens that must not. */
    private static final int LOOKS = 25;

    private static final int EVENTS_MAX = 1_000;

    /** Waits for the end. */
    Run ended() {
        await(arn + " ends: " + types(), () -> !status().equals("RUNNING"));
        return this;
    }

    /** Ended so, and if it failed with that error. */
    Run succeeded() {
        ended();
        assertEquals("SUCCEEDED", status(), () -> described().toString() + types());
        return this;
    }

    Run failed(String error) {
        ended();
        assertEquals("FAILED", status(), () -> described().toString());
        assertEquals(error, error(), () -> described().toString());
        return this;
    }

    JsonNode described() {
        return interpreter.call("DescribeExecution", object("{}").put("executionArn", arn));
    }

    String name() {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    String status() {
        return described().path("status").asText();
    }

    JsonNode output() {
        succeeded();
        return json(described().path("output").asText());
    }

    String error() {
        return described().path("error").asText();
    }

    String cause() {
        return described().path("cause").asText();
    }

    List<JsonNode> history() {
        ObjectNode request = object("{}").put("executionArn", arn).put("maxResults", EVENTS_MAX);
        List<JsonNode> events = new ArrayList<>();
        interpreter.call("GetExecutionHistory", request).path("events").forEach(events::add);
        return events;
    }

    List<String> types() {
        return history().stream().map(event -> event.path("type").asText()).toList();
    }

    List<JsonNode> events(String type) {
        return history().stream()
                .filter(event -> event.path("type").asText().equals(type))
                .toList();
    }

    /** Names of states in the order in which they were entered. */
    List<String> entered() {
        return history().stream()
                .filter(event -> event.has("stateEnteredEventDetails"))
                .map(event ->
                        event.path("stateEnteredEventDetails").path("name").asText())
                .toList();
    }

    /** Waits until that many events of a type have happened. */
    Run reached(String type, int count) {
        await(type + " " + count + " times, of " + types(), () -> events(type).size() >= count);
        return this;
    }

    /** Waits until the last event is of a type. */
    Run at(String type) {
        await(type + " is last of " + types(), () -> types().getLast().equals(type));
        return this;
    }

    /** Time for whatever is due to happen. */
    Run looked() {
        for (int look = 0; look < LOOKS; look++) {
            described();
        }
        return this;
    }

    /** Nothing happens while one looks. */
    Run stays() {
        List<String> before = types();
        for (int look = 0; look < LOOKS; look++) {
            assertEquals(before, types());
        }
        return this;
    }
}

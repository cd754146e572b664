package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static tg.ecom.states.conformance.Asl.machine;
import static tg.ecom.states.conformance.Asl.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How GetExecutionHistory is asked: pages, their order, and what to leave out. */
@WithInterpreter
class HistoryPagesTest {
    private final Interpreter states;

    HistoryPagesTest(Interpreter states) {
        this.states = states;
    }

    @Test
    void pages_followEachOtherAndMayRunBackwards() {
        Run run = states.run(machine("""
                {A: {Type: 'Pass', Next: 'B'}, B: {Type: 'Pass', Next: 'C'}, C: {Type: 'Succeed'}}
                """), "{}").succeeded();
        for (boolean reverse : List.of(false, true)) {
            List<Integer> ids = new ArrayList<>();
            ObjectNode request =
                    object("{maxResults: 3}").put("executionArn", run.arn()).put("reverseOrder", reverse);
            JsonNode page = states.call("GetExecutionHistory", request);
            page.path("events").forEach(event -> ids.add(event.path("id").asInt()));
            while (page.hasNonNull("nextToken")) {
                page = states.call(
                        "GetExecutionHistory",
                        request.put("nextToken", page.path("nextToken").asText()));
                page.path("events").forEach(event -> ids.add(event.path("id").asInt()));
            }
            List<Integer> expected = IntStream.rangeClosed(1, 8).boxed().toList();
            assertEquals(reverse ? expected.reversed() : expected, ids);
        }
        assertEquals(
                "InvalidToken",
                states.refusal(
                        "GetExecutionHistory", object("{nextToken: 'nonsense'}").put("executionArn", run.arn())));
    }

    @Test
    void withoutExecutionData_inputsAndOutputsAreLeftOut() {
        Run run = states.run(machine("{A: {Type: 'Pass', End: true}}"), "{secret: 1}")
                .succeeded();
        JsonNode answer = states.call(
                "GetExecutionHistory", object("{includeExecutionData: false}").put("executionArn", run.arn()));
        assertEquals(4, answer.path("events").size());
        assertFalse(answer.toString().contains("secret"));
    }

    @Test
    void historyOfAnUnknownExecution_isRefused() {
        assertEquals(
                "ExecutionDoesNotExist",
                states.refusal("GetExecutionHistory", "{executionArn: '" + Interpreter.ARN + "execution:none:none'}"));
        assertEquals("InvalidArn", states.refusal("GetExecutionHistory", "{executionArn: 'none'}"));
    }
}

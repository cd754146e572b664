package tg.ecom.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tg.ecom.benchmarks.Counts.Counter;
import tg.ecom.benchmarks.Counts.Kind;

class CountsTest {
    private static final Counter RECHARGE = new Counter(Kind.INVOCATION, "recharge");
    private static final Counter WEBHOOK = new Counter(Kind.INVOCATION, "webhook");
    private static final Counter BILLED = new Counter(Kind.BILLED_MS, "recharge");

    @Test
    void since_hasWhatWasAdded_andNothingElse() {
        Counts earlier = new Counts(Map.of(RECHARGE, 2L, BILLED, 40L));
        Counts later = new Counts(Map.of(RECHARGE, 2L, BILLED, 55L, WEBHOOK, 1L));
        assertEquals(Map.of(BILLED, 15L, WEBHOOK, 1L), later.since(earlier).byCounter());
    }

    @Test
    void sum_isOfOneKind() {
        Counts counts = new Counts(Map.of(RECHARGE, 2L, BILLED, 40L, WEBHOOK, 1L));
        assertEquals(3, counts.sum(Kind.INVOCATION, name -> true));
        assertEquals(1, counts.sum(Kind.INVOCATION, name -> name.startsWith("web")));
        assertEquals(0, counts.of(Kind.CALL, "recharge"));
    }

    @ParameterizedTest
    @CsvSource({
        // The start, the state, and Succeed.
        "ExecutionStarted TaskStateEntered TaskScheduled TaskSucceeded TaskStateExited SucceedStateEntered, 3",
        // The start, the state, and one retry of it.
        "ExecutionStarted TaskStateEntered TaskScheduled TaskFailed TaskScheduled TaskStateExited, 3",
        "ExecutionStarted PassStateEntered PassStateExited ChoiceStateEntered ChoiceStateExited, 3",
        "ExecutionStarted, 1"
    })
    void transitions_areStatesExecuted_retries_andTheStart(String types, long transitions) {
        assertEquals(transitions, Charge.transitions(history(types.split(" "))));
    }

    private static JsonNode history(String... types) {
        ArrayNode history = new ObjectMapper().createArrayNode();
        List.of(types).forEach(type -> history.addObject().put("type", type));
        return history;
    }
}

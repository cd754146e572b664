package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.machine;
import static tg.ecom.states.conformance.Asl.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Map, inline: each item through the same states. */
@WithInterpreter
class MapTest {
    private final Interpreter states;

    MapTest(Interpreter states) {
        this.states = states;
    }

    private static String map(String fields, String processor) {
        return machine("""
                {M: {Type: 'Map', %s, ItemProcessor: {ProcessorConfig: {Mode: 'INLINE'}, StartAt: 'I', States: {%s}}}%s}
                """.formatted(fields, processor, Asl.endZ(fields)));
    }

    @Test
    void everyItem_isTheInputOfItsIteration() {
        Run run = states.run(
                map("End: true", "I: {Type: 'Pass', End: true, Output: '{% $states.input * 2 %}'}"), "[1, 2, 3]");
        assertEquals(json("[2, 4, 6]"), run.output());
    }

    @Test
    void items_areWhatTheExpressionGives() {
        String pass = "I: {Type: 'Pass', End: true}";
        assertEquals(
                json("[{n: 1}]"),
                states.run(map("End: true, Items: '{% $states.input.list %}'", pass), "{list: [{n: 1}]}")
                        .output());
        assertEquals(
                json("[1, 'x']"),
                states.run(map("End: true, Items: [1, '{% \"x\" %}']", pass), "{}")
                        .output());
    }

    @Test
    void itemSelector_seesItemIndexAndInput() {
        Run run = states.run(map("""
                End: true, Items: '{% $states.input.list %}', ItemSelector: {
                    i: '{% $states.context.Map.Item.Index %}', v: '{% $states.context.Map.Item.Value %}',
                    all: '{% $states.input.x %}'}
                """, "I: {Type: 'Pass', End: true}"), "{list: ['a', 'b'], x: 9}");
        assertEquals(json("[{i: 0, v: 'a', all: 9}, {i: 1, v: 'b', all: 9}]"), run.output());
    }

    @Test
    void noItems_giveAnEmptyList() {
        assertEquals(
                json("[]"),
                states.run(map("End: true", "I: {Type: 'Pass', End: true}"), "[]")
                        .output());
    }

    @Test
    void itemsThatAreNoList_areAnError() {
        states.run(map("End: true, Items: '{% $states.input.x %}'", "I: {Type: 'Pass', End: true}"), "{x: 5}")
                .failed("States.QueryEvaluationError");
    }

    @Test
    void outputAndAssign_seeTheResult() {
        Run run = states.run(
                map("Next: 'Z', Output: '{% $sum($states.result) %}'", "I: {Type: 'Pass', End: true}"), "[1, 2, 3]");
        assertEquals(json("6"), run.output());
    }

    @Test
    void maxConcurrency_isReachedAndNotExceeded() {
        AtomicInteger underway = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier two = new CyclicBarrier(2);
        states.functions().define("f", payload -> {
            most.accumulateAndGet(underway.incrementAndGet(), Math::max);
            two.await(10, TimeUnit.SECONDS);
            underway.decrementAndGet();
            return payload;
        });
        Run run = states.run(
                map(
                        "End: true, MaxConcurrency: 2",
                        "I: {Invoke: 'f', Output: '{% $states.result.Payload %}', End: true}"),
                "[1, 2, 3, 4, 5, 6]");
        assertEquals(json("[1, 2, 3, 4, 5, 6]"), run.output());
        assertTrue(most.get() <= 2, most::toString);
    }

    @Test
    void oneAtATime_goesInOrder() {
        states.functions().define("f", payload -> payload);
        states.run(map("End: true, MaxConcurrency: 1", "I: {Invoke: 'f', Output: 1, End: true}"), "[3, 1, 2]")
                .succeeded();
        assertEquals(
                List.of(3, 1, 2),
                states.functions().calls("f").stream()
                        .map(call -> call.payload().asInt())
                        .toList());
    }

    @Test
    void failureOfOne_failsAllAtOnce() {
        states.functions().define("f", payload -> {
            if (payload.asInt() == 2) {
                throw new Functions.Failure("E", "no");
            }
            return payload;
        });
        Run run =
                states.run(map("End: true, MaxConcurrency: 1", "I: {Invoke: 'f', Output: 1, End: true}"), "[1, 2, 3]");
        run.failed("E");
        assertEquals(2, states.functions().calls("f").size());
        assertEquals(1, run.events("MapIterationFailed").size());
        assertEquals(1, run.events("MapStateFailed").size());
    }

    /** Guide, "Using Map state in Inline mode": up to 40 concurrent iterations. */
    @Test
    void moreThanFortyIterations_waitForTheirTurn() {
        states.functions().define("ask", Functions.answering("1"));
        Run run =
                states.start(map("Items: '{% [1..41] %}', End: true", "I: {Park: 'ask', Output: 1, End: true}"), "[]");
        run.reached("TaskSubmitted", 40).stays();
        assertEquals(40, run.events("MapIterationStarted").size());
        String token = states.awaitToken("ask", 1);
        states.call("SendTaskSuccess", object("{output: '1'}").put("taskToken", token));
        run.reached("TaskSubmitted", 41);
    }

    @Test
    void failureIsCaughtAndRetriedByTheMap() {
        states.functions().defineInTurn("f", Functions.failing("E"), Functions.answering("1"));
        Run run = states.start(
                map("End: true, Retry: [{ErrorEquals: ['E']}]", "I: {Invoke: 'f', Output: 1, End: true}"), "[1]");
        run.reached("MapIterationFailed", 1);
        states.advance(Duration.ofSeconds(1));
        assertEquals(json("[1]"), run.output());

        states.functions().define("f", Functions.failing("E"));
        Run caught = states.run(
                map(
                        "End: true, Catch: [{ErrorEquals: ['States.ALL'], Next: 'Z', Output: 'caught'}]",
                        "I: {Invoke: 'f', End: true}"),
                "[1, 2]");
        assertEquals(json("'caught'"), caught.output());
    }

    @Test
    void iterations_keepTheirOwnVariables() {
        Run run = states.run(map("End: true", """
                I: {Type: 'Pass', Assign: {own: '{% $states.input %}'}, Output: {}, Next: 'J'},
                J: {Type: 'Pass', End: true, Output: '{% $own %}'}
                """), "[1, 2, 3]");
        assertEquals(json("[1, 2, 3]"), run.output());
    }

    @Test
    void contextOfTheItem_isThereInItsStates() {
        Run run = states.run(
                map(
                        "End: true",
                        "I: {Type: 'Pass', End: true, Output: '{% $states.context.Map.Item.Index & $states.context.Map.Item.Value %}'}"),
                "['a', 'b']");
        assertEquals(json("['0a', '1b']"), run.output());
    }

    @Test
    void history_tellsOfEachIteration() {
        Run run = states.run(map("End: true, MaxConcurrency: 1", "I: {Type: 'Pass', End: true}"), "['a', 'b']")
                .succeeded();
        assertEquals(
                2,
                run.events("MapStateStarted")
                        .getFirst()
                        .path("mapStateStartedEventDetails")
                        .path("length")
                        .asInt());
        assertEquals(
                List.of(
                        "ExecutionStarted",
                        "MapStateEntered",
                        "MapStateStarted",
                        "MapIterationStarted",
                        "PassStateEntered",
                        "PassStateExited",
                        "MapIterationSucceeded",
                        "MapIterationStarted",
                        "PassStateEntered",
                        "PassStateExited",
                        "MapIterationSucceeded",
                        "MapStateSucceeded",
                        "MapStateExited",
                        "ExecutionSucceeded"),
                run.types());
        JsonNode second = run.events("MapIterationStarted").get(1).path("mapIterationStartedEventDetails");
        assertEquals("M", second.path("name").asText());
        assertEquals(1, second.path("index").asInt());
    }
}

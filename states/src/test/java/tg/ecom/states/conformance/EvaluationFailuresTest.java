package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.states.conformance.Asl.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of an expression that fails: in which state and field, which expression, and why. */
@WithInterpreter
class EvaluationFailuresTest {
    private final Interpreter states;

    EvaluationFailuresTest(Interpreter states) {
        this.states = states;
    }

    private JsonNode failure(String definition) {
        Run run = states.run(machine(definition), "{}").failed("States.QueryEvaluationError");
        JsonNode details = run.events("EvaluationFailed").getFirst().path("evaluationFailedEventDetails");
        assertEquals(run.cause(), details.path("cause").asText());
        return details;
    }

    private static void told(String location, String cause, JsonNode details) {
        assertEquals(location, details.path("location").asText());
        assertEquals(cause, details.path("cause").asText());
    }

    @Test
    void undefined_isToldWithTheFieldsPlace() {
        told(
                "Output/list/1/x",
                "An error occurred while executing the state 'A' (entered at the event id #2). The JSONata expression"
                        + " '$none' specified for the field 'Output/list/1/x' returned nothing (undefined).",
                failure("{A: {Type: 'Pass', Output: {list: [1, {x: '{% $none %}'}]}, End: true}}"));
    }

    @Test
    void assignmentsAndArguments_areToldAlike() {
        told(
                "Assign/v",
                "An error occurred while executing the state 'B' (entered at the event id #4). The JSONata expression"
                        + " '$none' specified for the field 'Assign/v' returned nothing (undefined).",
                failure("{A: {Type: 'Pass', Next: 'B'}, B: {Type: 'Pass', Assign: {v: '{% $none %}'}, End: true}}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            $pad("x", 1000000000)                                                           | at most 262144 characters
            $pad("x", -1000000000)                                                          | at most 262144 characters
            $count([1..100000].([1..1000]))                                                 | more than 50000000 items
            $count($map([1..100000], function($n){[1..1000]}))                              | more than 50000000 items
            $length($reduce([1..30], function($text, $n){$text & $text}, "0123456789"))     | more than 50000000 items
            ($f := function($x){1 + $f($x + 1)}; $f(1))                                     | calls itself
            ($f := function($x){$f($x + 1)}; $f(1))                                         | longer than 5 s
            """)
    void expressionThatTakesTooMuch_fails(String expression, String why) {
        String cause = failure("{A: {Type: 'Pass', Output: '{% " + expression + " %}', End: true}}")
                .path("cause")
                .asText();
        assertTrue(cause.contains(why), cause);
    }

    @Test
    void expressionThatMakesMuch_doesNotFail() {
        String output = "'{% $sum([1..1000].($sum([1..1000]))) & $pad(\"x\", 3) & $pad(\"x\", -3, \"0\") %}'";
        Run run = states.run(machine("{A: {Type: 'Pass', End: true, Output: " + output + "}}"), "{}");
        assertEquals("500500000x  00x", run.succeeded().output().textValue());
    }

    @Test
    void errorOfAnExpression_isToldAsItIs() {
        String cause = failure("{A: {Type: 'Pass', Output: '{% $error(\"mine\") %}', End: true}}")
                .path("cause")
                .asText();
        assertTrue(
                cause.startsWith(
                        "An error occurred while executing the state 'A' (entered at the event id #2). The JSONata"
                                + " expression '$error(\"mine\")' specified for the field 'Output' threw an error during"
                                + " evaluation. "),
                cause);
        assertTrue(cause.contains("mine"), cause);
    }

    @Test
    void wrongType_isToldWithTheValue() {
        told(
                "Items",
                "An error occurred while executing the state 'M' (entered at the event id #2). The JSONata expression"
                        + " '1' specified for the field 'Items' returned an unexpected result type. Expected 'array',"
                        + " but was 'number' for value: 1",
                failure("{M: {Type: 'Map', Items: '{% 1 %}', End: true,"
                        + " ItemProcessor: {StartAt: 'A', States: {A: {Type: 'Pass', End: true}}}}}"));
        told(
                "Choices/0/Condition",
                "An error occurred while executing the state 'C' (entered at the event id #2). The JSONata expression"
                        + " '\"x\"' specified for the field 'Choices/0/Condition' returned an unexpected result type."
                        + " Expected 'boolean', but was 'string' for value: \"x\"",
                failure(
                        "{C: {Type: 'Choice', Choices: [{Condition: '{% \"x\" %}', Next: 'Z'}]}, Z: {Type: 'Succeed'}}"));
    }

    @Test
    void inputOfAMapThatIsNoArray_isToldAsSuch() {
        JsonNode details = failure("{M: {Type: 'Map', End: true,"
                + " ItemProcessor: {StartAt: 'A', States: {A: {Type: 'Pass', End: true}}}}}");
        assertFalse(details.has("location"));
        assertEquals(
                "An error occurred while executing the state 'M' (entered at the event id #2). Map state input must be"
                        + " an array but was: {}",
                details.path("cause").asText());
    }

    /** The failure follows what the state followed, and a Map has failed by it. */
    @Test
    void failure_hasItsPlaceInTheHistory() {
        String map = "M: {Type: 'Map', Items: '{% 1 %}', End: true,"
                + " ItemProcessor: {StartAt: 'A', States: {A: {Type: 'Pass', End: true}}}}";
        Run run = states.run(machine("{B: {Type: 'Pass', Next: 'M'}, " + map + "}"), "{}")
                .failed("States.QueryEvaluationError");
        assertEquals(
                List.of("MapStateEntered<3", "EvaluationFailed<3", "MapStateFailed<5", "ExecutionFailed<6"),
                run.history().stream()
                        .skip(3)
                        .map(event -> event.path("type").asText() + "<"
                                + event.path("previousEventId").asInt())
                        .toList());
    }

    @Test
    void timestampThatIsNone_isToldAsSuch() {
        Run run = states.run(
                        machine("{W: {Type: 'Wait', Timestamp: '{% $states.input.at %}', End: true}}"),
                        "{at: '2016-12-05 21:29:29Z'}")
                .failed("States.QueryEvaluationError");
        assertEquals(
                "An error occurred while executing the state 'W' (entered at the event id #2). The Timestamp field"
                        + " cannot be parsed as an ISO-8601 extended offset date-time format string: 2016-12-05"
                        + " 21:29:29Z",
                run.cause());
        assertEquals(
                2,
                run.events("EvaluationFailed")
                        .getFirst()
                        .path("previousEventId")
                        .asInt());
    }

    @Test
    void function_isNoResult() {
        assertTrue(failure("{A: {Type: 'Pass', Output: '{% function($x) { $x } %}', End: true}}")
                .path("cause")
                .asText()
                .endsWith("specified for the field 'Output' returned an unsupported result type."));
    }
}

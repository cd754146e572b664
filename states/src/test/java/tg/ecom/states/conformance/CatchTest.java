package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Catch: fallback states, and what they are given. */
@WithInterpreter
class CatchTest {
    private final Interpreter states;

    CatchTest(Interpreter states) {
        this.states = states;
    }

    private Run caught(String catchers) {
        return states.start(
                machine("""
                {A: {Invoke: 'f', End: true, Catch: %s}, Z: {Type: 'Pass', End: true}%s}
                """.formatted(catchers, catchers.contains("'Y'") ? ", Y: {Type: 'Pass', End: true}" : "")),
                "{x: 1}");
    }

    @Test
    void fallback_isGivenErrorAndCause() {
        states.functions().define("f", Functions.failing("E"));
        Run run = caught("[{ErrorEquals: ['E'], Next: 'Z'}]");
        JsonNode output = run.output();
        assertEquals(List.of("A", "Z"), run.entered());
        assertEquals("E", output.path("Error").asText());
        assertEquals(
                json("{errorType: 'E', errorMessage: 'it is E'}"),
                json(output.path("Cause").asText()));
    }

    @Test
    void outputAndAssignOfTheCatcher_seeErrorOutputAndInput() {
        states.functions().define("f", Functions.failing("E"));
        Run run = states.run(machine("""
                {A: {Invoke: 'f', End: true, Assign: {of: 'state'}, Catch: [{ErrorEquals: ['E'], Next: 'Z',
                     Assign: {of: '{% $states.errorOutput.Error %}'},
                     Output: {error: '{% $states.errorOutput.Error %}', x: '{% $states.input.x %}'}}]},
                 Z: {Type: 'Pass', End: true, Output: ['{% $states.input %}', '{% $of %}']}}
                """), "{x: 1}");
        assertEquals(json("[{error: 'E', x: 1}, 'E']"), run.output());
    }

    @Test
    void firstCatcherThatMatches_catches() {
        states.functions().define("f", Functions.failing("E"));
        Run run = caught(
                "[{ErrorEquals: ['Other'], Next: 'Y'}, {ErrorEquals: ['F', 'E'], Next: 'Z'}, {ErrorEquals: ['States.ALL'], Next: 'Y'}]");
        assertEquals(List.of("A", "Z"), run.succeeded().entered());
    }

    @Test
    void catchComesAfterRetryHasGivenUp() {
        states.functions().define("f", Functions.failing("E"));
        Run run = states.start(machine("""
                {A: {Invoke: 'f', End: true, Retry: [{ErrorEquals: ['E'], MaxAttempts: 1}],
                     Catch: [{ErrorEquals: ['E'], Next: 'Z'}]},
                 Z: {Type: 'Pass', End: true}}
                """), "{}").at("TaskFailed");
        states.advance(Duration.ofSeconds(1));
        run.succeeded();
        assertEquals(2, states.functions().calls("f").size());
    }

    @Test
    void errorThatNobodyCatches_failsTheExecution() {
        states.functions().define("f", Functions.failing("E"));
        caught("[{ErrorEquals: ['Other'], Next: 'Z'}]").failed("E");
    }

    @Test
    void errorOfAFallback_isNotCaughtAgain() {
        states.functions().define("f", Functions.failing("E"));
        Run run = states.run(machine("""
                {A: {Invoke: 'f', End: true, Catch: [{ErrorEquals: ['States.ALL'], Next: 'Z'}]},
                 Z: {Type: 'Fail', Error: 'Last'}}
                """), "{}");
        run.failed("Last");
    }
}

package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Pass and Succeed and Fail: what comes out of a state that does nothing. */
@WithInterpreter
class PassTest {
    private final Interpreter states;

    PassTest(Interpreter states) {
        this.states = states;
    }

    @Test
    void passWithoutOutput_handsItsInputOn() {
        assertEquals(
                json("{x: [1, null, 'é']}"),
                states.run(machine("{A: {Type: 'Pass', End: true}}"), "{x: [1, null, 'é']}")
                        .output());
    }

    @Test
    void output_isEvaluatedAtEveryDepth() {
        Run run = states.run(machine("""
                {A: {Type: 'Pass', End: true, Output: {
                    sum: '{% $states.input.a + $states.input.b %}',
                    list: ['{% $states.input.a %}', 'plain', {deep: '{% $states.input.b %}'}],
                    kept: true}}}
                """), "{a: 1, b: 2}");
        assertEquals(json("{sum: 3, list: [1, 'plain', {deep: 2}], kept: true}"), run.output());
    }

    @Test
    void outputThatIsOneExpression_mayBeAnyJson() {
        assertEquals(
                json("[1, 2]"),
                states.run(machine("{A: {Type: 'Pass', End: true, Output: '{% [1, 2] %}'}}"), "{}")
                        .output());
        assertEquals(
                json("null"),
                states.run(machine("{A: {Type: 'Pass', End: true, Output: '{% null %}'}}"), "{}")
                        .output());
        assertEquals(
                json("false"),
                states.run(machine("{A: {Type: 'Pass', End: true, Output: '{% false %}'}}"), "{}")
                        .output());
        assertEquals(
                json("'text'"),
                states.run(machine("{A: {Type: 'Pass', End: true, Output: 'text'}}"), "{}")
                        .output());
    }

    @Test
    void textThatOnlyContainsAnExpression_isNoExpression() {
        Run run = states.run(machine("{A: {Type: 'Pass', End: true, Output: 'x {% 1 %}'}}"), "{}");
        assertEquals(json("'x {% 1 %}'"), run.output());
    }

    @Test
    void arrayOfOneElement_staysAnArray() {
        Run run = states.run(
                machine("{A: {Type: 'Pass', End: true, Output: '{% $states.input.list %}'}}"), "{list: [7]}");
        assertEquals(json("[7]"), run.output());
    }

    @Test
    void wholeNumbers_stayWhole() {
        Run run = states.run(
                machine("{A: {Type: 'Pass', End: true, Output: '{% $states.input %}'}}"), "{n: 1000000000000, d: 1.5}");
        assertEquals(
                "{\"n\":1000000000000,\"d\":1.5}",
                run.succeeded().described().path("output").asText());
    }

    @Test
    void outputOfSucceed_isApplied() {
        Run run = states.run(machine("{A: {Type: 'Succeed', Output: {said: '{% $states.input.x %}'}}}"), "{x: 1}");
        assertEquals(json("{said: 1}"), run.output());
    }

    @Test
    void succeedWithoutOutput_handsItsInputOn() {
        assertEquals(
                json("{x: 1}"),
                states.run(machine("{A: {Type: 'Succeed'}}"), "{x: 1}").output());
    }

    @Test
    void fail_tellsErrorAndCauseEvaluated() {
        Run run = states.run(machine("""
                {A: {Type: 'Fail', Error: '{% "Pay" & "Refused" %}', Cause: '{% "for " & $states.input.why %}'}}
                """), "{why: 'funds'}");
        run.failed("PayRefused");
        assertEquals("for funds", run.cause());
        assertFalse(run.described().has("output"), "a failed execution has no output");
    }

    @Test
    void failWithoutWords_failsWithNone() {
        Run run = states.run(machine("{A: {Type: 'Fail'}}"), "{}");
        assertEquals("FAILED", run.status());
        assertEquals("", run.error());
    }

    /** Context object: Step Functions guide, "Accessing execution data from the Context object". */
    @Test
    void context_tellsExecutionStateAndMachine() {
        String definition = machine("{A: {Type: 'Pass', End: true, Output: '{% $states.context %}'}}");
        String machine = states.create(definition);
        Run run = states.startOf(machine, "{x: 1}").ended();
        JsonNode context = run.output();
        assertEquals(run.arn(), context.path("Execution").path("Id").asText());
        assertEquals(run.name(), context.path("Execution").path("Name").asText());
        assertEquals(json("{x: 1}"), context.path("Execution").path("Input"));
        assertEquals(Interpreter.ROLE, context.path("Execution").path("RoleArn").asText());
        assertEquals(
                states.clock().instant(),
                Instant.parse(context.path("Execution").path("StartTime").asText()));
        assertEquals("A", context.path("State").path("Name").asText());
        assertEquals(
                states.clock().instant(),
                Instant.parse(context.path("State").path("EnteredTime").asText()));
        assertEquals(machine, context.path("StateMachine").path("Id").asText());
        assertEquals(
                machine.substring(machine.lastIndexOf(':') + 1),
                context.path("StateMachine").path("Name").asText());
    }

    @Test
    void outputThatIsNothing_isAnError() {
        Run run = states.run(machine("{A: {Type: 'Pass', End: true, Output: '{% $states.input.missing %}'}}"), "{}");
        run.failed("States.QueryEvaluationError");
    }

    @Test
    void outputThatIsNoJson_isAnError() {
        states.run(machine("{A: {Type: 'Pass', End: true, Output: '{% function($x) { $x } %}'}}"), "{}")
                .failed("States.QueryEvaluationError");
        states.run(machine("{A: {Type: 'Pass', End: true, Output: {deep: ['{% $sum %}']}}}"), "{}")
                .failed("States.QueryEvaluationError");
    }
}

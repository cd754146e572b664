package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.machine;
import static tg.ecom.states.conformance.Asl.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wait: until a number of seconds has passed, or a time has come. */
@WithInterpreter
class WaitTest {
    private final Interpreter states;

    WaitTest(Interpreter states) {
        this.states = states;
    }

    private Run waiting(String fields, String input) {
        return states.start(machine("{W: {Type: 'Wait', End: true, " + fields + "}}"), input)
                .at("WaitStateEntered");
    }

    @Test
    void seconds_areWaitedForByTheClock() {
        Run run = waiting("Seconds: 30", "{x: 1}");
        states.advance(Duration.ofSeconds(29));
        run.stays();
        states.advance(Duration.ofSeconds(1));
        assertEquals(json("{x: 1}"), run.output());
    }

    @Test
    void secondsMayBeAnExpression() {
        Run run = waiting("Seconds: '{% $states.input.s * 2 %}'", "{s: 5}");
        states.advance(Duration.ofSeconds(9));
        run.stays();
        states.advance(Duration.ofSeconds(1));
        run.succeeded();
    }

    @Test
    void timestamp_isWaitedFor() {
        Instant then = states.clock().instant().plusSeconds(60);
        Run run = waiting("Timestamp: '{% $states.input.then %}'", "{then: '" + then + "'}");
        states.advance(Duration.ofSeconds(59));
        run.stays();
        states.advance(Duration.ofSeconds(1));
        run.succeeded();
    }

    @Test
    void timestampOfThePast_isNotWaitedFor() {
        states.run(machine("{W: {Type: 'Wait', Timestamp: '2020-01-01T00:00:00Z', End: true}}"), "{}")
                .succeeded();
    }

    @Test
    void noSeconds_areNotWaitedFor() {
        states.run(machine("{W: {Type: 'Wait', Seconds: 0, End: true}}"), "{}").succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "\"soon\"", "99999999999", "null"})
    void secondsThatAreNone_areAnError(String expression) {
        ObjectNode wait = object("{Type: 'Wait', End: true}").put("Seconds", "{% " + expression + " %}");
        states.run(machine("{W: " + wait + "}"), "{}").failed("States.QueryEvaluationError");
    }

    @Test
    void timestampThatIsNone_isAnError() {
        states.run(machine("{W: {Type: 'Wait', End: true, Timestamp: '{% \"tomorrow\" %}'}}"), "{}")
                .failed("States.QueryEvaluationError");
    }

    @Test
    void outputAndAssign_areAppliedAfterTheWait() {
        Run run = states.start(machine("""
                {W: {Type: 'Wait', Seconds: 5, Output: {y: '{% $states.input.x %}'}, Assign: {z: 2}, Next: 'P'},
                 P: {Type: 'Pass', End: true, Output: {y: '{% $states.input.y %}', z: '{% $z %}'}}}
                """), "{x: 1}").at("WaitStateEntered");
        states.advance(Duration.ofSeconds(5));
        assertEquals(json("{y: 1, z: 2}"), run.output());
    }

    @Test
    void waitGoesOn_afterARestart() {
        Run run = waiting("Seconds: 30", "{}");
        states.restart();
        run.stays();
        states.advance(Duration.ofSeconds(30));
        run.succeeded();
        assertEquals(1, run.events("WaitStateEntered").size());
    }

    @Test
    void waitThatEndedMeanwhile_isOverAfterARestart() {
        Run run = waiting("Seconds: 30", "{}");
        states.clock().advance(Duration.ofSeconds(30));
        states.restart();
        run.succeeded();
    }
}

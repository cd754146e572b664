package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.machine;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Retry: intervals, backoff, cap, jitter and how often. */
@WithInterpreter
class RetryTest {
    private final Interpreter states;

    RetryTest(Interpreter states) {
        this.states = states;
    }

    private Run failing(String retry) {
        return states.start(machine("{A: {Invoke: 'f', End: true, Output: 'done', Retry: " + retry + "}}"), "{}");
    }

    /** The function is called again when that time has passed, and not before. */
    private void retriedAfter(Run run, Duration wait) {
        run.at("TaskFailed");
        int before = states.functions().calls("f").size();
        states.advance(wait.minusMillis(1));
        run.stays();
        assertEquals(before, states.functions().calls("f").size(), "not before " + wait);
        states.advance(Duration.ofMillis(1));
        states.awaitCall("f", before + 1);
    }

    @Test
    void withoutNumbers_itIsTriedThreeTimesMoreAfterOneTwoAndFourSeconds() {
        states.functions().define("f", Functions.failing("E"));
        Run run = failing("[{ErrorEquals: ['E']}]");
        for (int seconds : List.of(1, 2, 4)) {
            retriedAfter(run, Duration.ofSeconds(seconds));
        }
        run.failed("E");
        assertEquals(4, states.functions().calls("f").size());
    }

    @Test
    void intervalAndBackoff_areThoseOfTheRetrier() {
        states.functions().define("f", Functions.failing("E"));
        Run run = failing("[{ErrorEquals: ['E'], IntervalSeconds: 2, BackoffRate: 1.5, MaxAttempts: 3}]");
        retriedAfter(run, Duration.ofSeconds(2));
        retriedAfter(run, Duration.ofSeconds(3));
        retriedAfter(run, Duration.ofMillis(4500));
        run.failed("E");
    }

    @Test
    void maxDelay_capsTheBackoff() {
        states.functions().define("f", Functions.failing("E"));
        Run run = failing(
                "[{ErrorEquals: ['E'], IntervalSeconds: 2, BackoffRate: 10, MaxDelaySeconds: 5, MaxAttempts: 3}]");
        retriedAfter(run, Duration.ofSeconds(2));
        retriedAfter(run, Duration.ofSeconds(5));
        retriedAfter(run, Duration.ofSeconds(5));
        run.failed("E");
    }

    /** FULL: a random delay between 0 and what it would be. */
    @Test
    void fullJitter_spreadsTheDelays() {
        states.functions().define("f", Functions.failing("E"));
        List<Run> runs = IntStream.range(0, 12)
                .mapToObj(count ->
                        failing("[{ErrorEquals: ['E'], IntervalSeconds: 60, MaxAttempts: 1, JitterStrategy: 'FULL'}]"))
                .toList();
        runs.forEach(run -> run.reached("TaskFailed", 1));
        states.advance(Duration.ofSeconds(30));
        runs.forEach(Run::looked);
        long early = runs.stream()
                .filter(run -> run.events("TaskScheduled").size() == 2)
                .count();
        assertTrue(early > 0 && early < runs.size(), "some in the first half of the time, some not: " + early);
        states.advance(Duration.ofSeconds(30));
        runs.forEach(run -> run.failed("E"));
    }

    @Test
    void maxAttemptsZero_isNeverTriedAgain() {
        states.functions().define("f", Functions.failing("E"));
        failing("[{ErrorEquals: ['E'], MaxAttempts: 0}, {ErrorEquals: ['States.ALL']}]")
                .failed("E");
        assertEquals(1, states.functions().calls("f").size());
    }

    @Test
    void eachRetrier_countsForItself() {
        states.functions()
                .defineInTurn(
                        "f",
                        Functions.failing("A"),
                        Functions.failing("B"),
                        Functions.failing("A"),
                        Functions.failing("A"));
        Run run = failing("""
                [{ErrorEquals: ['A'], IntervalSeconds: 1, BackoffRate: 3, MaxAttempts: 2},
                 {ErrorEquals: ['B'], IntervalSeconds: 7, MaxAttempts: 1}]
                """);
        retriedAfter(run, Duration.ofSeconds(1));
        retriedAfter(run, Duration.ofSeconds(7));
        retriedAfter(run, Duration.ofSeconds(3));
        run.failed("A");
    }

    @Test
    void retriedState_succeedsInTheEnd() {
        states.functions().defineInTurn("f", Functions.failing("E"), Functions.answering("1"));
        Run run = failing("[{ErrorEquals: ['States.ALL']}]");
        run.reached("TaskFailed", 1);
        states.advance(Duration.ofSeconds(1));
        assertEquals(json("'done'"), run.output());
        assertEquals(List.of("A"), run.entered(), "a retry enters the state no second time");
    }

    @Test
    void errorOfAnotherName_isNotRetried() {
        states.functions().define("f", Functions.failing("Other"));
        failing("[{ErrorEquals: ['E']}]").failed("Other");
    }

    @Test
    void retryCountIsInTheContext_andStartsAnewInEachState() {
        states.functions().defineInTurn("f", Functions.failing("E"), payload -> payload, payload -> payload);
        Run run = states.start(machine("""
                {A: {Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Next: 'B',
                     Arguments: {FunctionName: 'f', Payload: '{% $states.context.State.RetryCount %}'},
                     Retry: [{ErrorEquals: ['E']}], Assign: {a: '{% $states.result.Payload %}'}},
                 B: {Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true,
                     Arguments: {FunctionName: 'f', Payload: '{% $states.context.State.RetryCount %}'},
                     Output: ['{% $a %}', '{% $states.result.Payload %}']}}
                """), "{}").reached("TaskFailed", 1);
        states.advance(Duration.ofSeconds(1));
        assertEquals(json("[1, 0]"), run.output());
    }

    @Test
    void branches_keepTheirOwnRetryCount() {
        states.functions().define("f", payload -> {
            if (payload.path("branch").asText().equals("L")
                    && payload.path("count").asInt() < 2) {
                throw new Functions.Failure("E", "again");
            }
            return payload;
        });
        Run run = states.start(machine("""
                {P: {Type: 'Parallel', End: true, Branches: [
                  {StartAt: 'L', States: {L: {Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true,
                     Arguments: {FunctionName: 'f', Payload: {branch: 'L', count: '{% $states.context.State.RetryCount %}'}},
                     Retry: [{ErrorEquals: ['E'], BackoffRate: 1}], Output: '{% $states.result.Payload.count %}'}}},
                  {StartAt: 'R', States: {W: {Type: 'Wait', Seconds: 2, Next: 'R'}, R: {Type: 'Task',
                     Resource: 'arn:aws:states:::lambda:invoke', End: true,
                     Arguments: {FunctionName: 'f', Payload: {branch: 'R', count: '{% $states.context.State.RetryCount %}'}},
                     Output: '{% $states.result.Payload.count %}'}}}]}}
                """.replace("StartAt: 'R'", "StartAt: 'W'")), "{}")
                .reached("TaskFailed", 1)
                .reached("WaitStateEntered", 1);
        states.advance(Duration.ofSeconds(1));
        run.reached("TaskFailed", 2);
        states.advance(Duration.ofSeconds(1));
        assertEquals(json("[2, 0]"), run.output());
    }

    @Test
    void retryGoesOn_afterARestart() {
        states.functions().defineInTurn("f", Functions.failing("E"), Functions.answering("1"));
        Run run = failing("[{ErrorEquals: ['E'], IntervalSeconds: 30}]").at("TaskFailed");
        states.restart();
        run.stays();
        states.advance(Duration.ofSeconds(30));
        run.succeeded();
        assertEquals(2, states.functions().calls("f").size());
    }

    @Test
    void argumentsAreEvaluatedAnew() {
        states.functions().defineInTurn("f", Functions.failing("E"), payload -> payload);
        Run run = states.start(machine("""
                {A: {Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true,
                     Arguments: {FunctionName: 'f', Payload: '{% $uuid() %}'}, Retry: [{ErrorEquals: ['E']}]}}
                """), "{}").reached("TaskFailed", 1);
        states.advance(Duration.ofSeconds(1));
        run.succeeded();
        assertNotEquals(
                states.functions().calls("f").get(0).payload(),
                states.functions().calls("f").get(1).payload());
    }
}

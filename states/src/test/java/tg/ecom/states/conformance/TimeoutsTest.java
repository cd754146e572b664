package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.machine;
import static tg.ecom.states.conformance.Asl.object;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** TimeoutSeconds and HeartbeatSeconds, of states and of the machine. */
@WithInterpreter
class TimeoutsTest {
    private final Interpreter states;

    TimeoutsTest(Interpreter states) {
        this.states = states;
    }

    private Run parked(String more) {
        states.functions().define("ask", Functions.answering("1"));
        Run run = states.start(machine("{A: {Park: 'ask', " + more + ", End: true}" + Asl.endZ(more) + "}"), "{s: 20}");
        states.awaitCall("ask", 1);
        return run.at("TaskSubmitted");
    }

    @Test
    void stateThatTakesTooLong_timesOut() {
        Run run = parked("TimeoutSeconds: 10");
        states.advance(Duration.ofSeconds(9));
        run.stays();
        states.advance(Duration.ofSeconds(1));
        run.failed("States.Timeout");
        assertEquals(1, run.events("TaskTimedOut").size());
    }

    @Test
    void timeoutMayBeAnExpressionAndIsCatchable() {
        Run run = parked(
                "TimeoutSeconds: '{% $states.input.s + 5 %}', Catch: [{ErrorEquals: ['States.Timeout'], Next: 'Z'}]");
        states.advance(Duration.ofSeconds(24));
        run.stays();
        states.advance(Duration.ofSeconds(1));
        assertEquals("States.Timeout", run.output().path("Error").asText());
    }

    @Test
    void timeoutIsCaughtByAll() {
        Run run = parked("TimeoutSeconds: 10, Catch: [{ErrorEquals: ['States.ALL'], Next: 'Z'}]");
        states.advance(Duration.ofSeconds(10));
        run.succeeded();
    }

    /** States.TaskFailed "acts as a wildcard that matches any known error name except for States.Timeout". */
    @Test
    void timeoutIsNotATaskFailed() {
        Run run = parked("TimeoutSeconds: 10, Catch: [{ErrorEquals: ['States.TaskFailed'], Next: 'Z'}]");
        states.advance(Duration.ofSeconds(10));
        run.failed("States.Timeout");
    }

    @Test
    void timeoutIsRetried() {
        Run run = parked(
                "TimeoutSeconds: 10, Retry: [{ErrorEquals: ['States.Timeout'], IntervalSeconds: 1, MaxAttempts: 1}]");
        states.advance(Duration.ofSeconds(10));
        run.at("TaskTimedOut");
        states.advance(Duration.ofSeconds(1));
        states.awaitToken("ask", 2);
        run.at("TaskSubmitted");
        states.advance(Duration.ofSeconds(10));
        run.failed("States.Timeout");
    }

    @Test
    void slowFunction_timesOutAndItsLateAnswerIsNothing() {
        CountDownLatch released = new CountDownLatch(1);
        states.functions().define("slow", payload -> {
            released.await();
            return json("'late'");
        });
        Run run = states.start(machine("""
                {A: {Invoke: 'slow', TimeoutSeconds: 10, Next: 'Z',
                     Catch: [{ErrorEquals: ['States.Timeout'], Next: 'Z'}]},
                 Z: {Type: 'Pass', End: true, Output: 'over'}}
                """), "{}");
        states.awaitCall("slow", 1);
        run.at("TaskStarted");
        states.advance(Duration.ofSeconds(10));
        try {
            assertEquals(json("'over'"), run.output());
        } finally {
            released.countDown();
        }
        run.stays();
        assertEquals(List.of(), run.events("TaskSucceeded"));
    }

    @Test
    void missingHeartbeat_timesTheStateOut() {
        Run run = parked("TimeoutSeconds: 100, HeartbeatSeconds: 10");
        states.advance(Duration.ofSeconds(9));
        run.stays();
        states.advance(Duration.ofSeconds(1));
        run.failed("States.HeartbeatTimeout");
    }

    @Test
    void heartbeat_keepsTheStateAlive() {
        Run run = parked("TimeoutSeconds: 100, HeartbeatSeconds: '{% $states.input.s / 2 %}'");
        String token = states.awaitToken("ask", 1);
        for (int beat = 0; beat < 3; beat++) {
            states.advance(Duration.ofSeconds(9));
            states.call("SendTaskHeartbeat", object("{}").put("taskToken", token));
        }
        run.stays();
        states.advance(Duration.ofSeconds(10));
        run.failed("States.HeartbeatTimeout");
    }

    @Test
    void heartbeats_doNotProlongTheTimeout() {
        Run run = parked("TimeoutSeconds: 25, HeartbeatSeconds: 10");
        String token = states.awaitToken("ask", 1);
        for (int beat = 0; beat < 3; beat++) {
            states.advance(Duration.ofSeconds(8));
            states.call("SendTaskHeartbeat", object("{}").put("taskToken", token));
        }
        states.advance(Duration.ofSeconds(1));
        run.failed("States.Timeout");
    }

    /** States.Timeout: the task ran too long, or "failed to send a heartbeat" (developer guide, "Error names"). */
    @Test
    void missingHeartbeatIsCaughtAsATimeoutToo() {
        Run run = parked("HeartbeatSeconds: 10, Catch: [{ErrorEquals: ['States.Timeout'], Next: 'Z'}]");
        states.awaitToken("ask", 1);
        states.advance(Duration.ofSeconds(10));
        run.succeeded();
        Run uncaught = parked("HeartbeatSeconds: 10, Catch: [{ErrorEquals: ['States.TaskFailed'], Next: 'Z'}]");
        states.awaitToken("ask", 2);
        states.advance(Duration.ofSeconds(10));
        uncaught.failed("States.HeartbeatTimeout");
    }

    @Test
    void missingHeartbeatIsCaughtByItsName() {
        Run run = parked("HeartbeatSeconds: 10, Catch: [{ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Z'}]");
        states.advance(Duration.ofSeconds(10));
        run.succeeded();
    }

    @Test
    void machineThatTakesTooLong_timesOut() {
        states.functions().define("ask", Functions.answering("1"));
        Run run = states.start(machine("{TimeoutSeconds: 30}", """
                {A: {Park: 'ask', End: true, Catch: [{ErrorEquals: ['States.ALL'], Next: 'Z'}]},
                 Z: {Type: 'Pass', End: true}}
                """), "{}");
        String token = states.awaitToken("ask", 1);
        run.at("TaskSubmitted");
        states.advance(Duration.ofSeconds(29));
        run.stays();
        states.advance(Duration.ofSeconds(1));
        assertEquals("TIMED_OUT", run.ended().status());
        assertEquals("ExecutionTimedOut", run.types().getLast());
        assertEquals(List.of("A"), run.entered(), "no Catch catches the end of the machine's time");
        assertEquals(
                "TaskTimedOut",
                states.refusal("SendTaskSuccess", object("{output: '1'}").put("taskToken", token)));
    }

    @Test
    void timeoutOfTheMachine_countsDuringAWaitAndAfterARestart() {
        Run run = states.start(machine("{TimeoutSeconds: 30}", "{W: {Type: 'Wait', Seconds: 60, End: true}}"), "{}")
                .at("WaitStateEntered");
        states.restart();
        states.advance(Duration.ofSeconds(30));
        assertEquals("TIMED_OUT", run.ended().status());
    }

    @Test
    void timeoutThatIsNoWholeNumber_isAnError() {
        states.functions().define("ask", Functions.answering("1"));
        states.run(machine("{A: {Invoke: 'ask', TimeoutSeconds: '{% \"x\" %}', End: true}}"), "{}")
                .failed("States.QueryEvaluationError");
        states.run(machine("{A: {Invoke: 'ask', TimeoutSeconds: '{% 0 %}', End: true}}"), "{}")
                .failed("States.QueryEvaluationError");
        assertEquals(List.of(), states.functions().calls("ask"));
    }
}

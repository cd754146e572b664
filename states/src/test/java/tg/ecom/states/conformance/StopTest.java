package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.machine;
import static tg.ecom.states.conformance.Asl.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** StopExecution: nothing more happens after it. */
@WithInterpreter
class StopTest {
    private final Interpreter states;

    StopTest(Interpreter states) {
        this.states = states;
    }

    private JsonNode stop(Run run) {
        return states.call(
                "StopExecution", object("{error: 'Called', cause: 'off'}").put("executionArn", run.arn()));
    }

    @Test
    void stoppedExecution_isAbortedWithErrorAndCause() {
        Run run = states.start(machine("{W: {Type: 'Wait', Seconds: 1000, End: true}}"), "{}")
                .at("WaitStateEntered");
        JsonNode answer = stop(run);
        assertEquals("ABORTED", run.status());
        assertEquals("Called", run.error());
        assertEquals("off", run.cause());
        assertEquals(answer.path("stopDate"), run.described().path("stopDate"));
        assertEquals("ExecutionAborted", run.types().getLast());
        JsonNode aborted = run.history().getLast().path("executionAbortedEventDetails");
        assertEquals(json("{error: 'Called', cause: 'off'}"), aborted);
    }

    @Test
    void afterAStop_nothingMoreIsInvoked() {
        CountDownLatch released = new CountDownLatch(1);
        states.functions().define("slow", payload -> {
            released.await();
            return json("1");
        });
        states.functions().define("next", Functions.answering("1"));
        Run run = states.start(machine("{A: {Invoke: 'slow', Next: 'B'}, B: {Invoke: 'next', End: true}}"), "{}");
        states.awaitCall("slow", 1);
        stop(run);
        released.countDown();
        run.stays();
        assertEquals("ABORTED", run.status());
        assertEquals(List.of(), states.functions().calls("next"));
    }

    @Test
    void retriesAndWaits_endWithTheStop() {
        states.functions().define("f", Functions.failing("E"));
        Run run = states.start(machine("""
                {P: {Type: 'Parallel', End: true, Branches: [
                    {StartAt: 'A', States: {A: {Invoke: 'f', End: true, Retry: [{ErrorEquals: ['E']}]}}},
                    {StartAt: 'W', States: {W: {Type: 'Wait', Seconds: 5, Next: 'B'}, B: {Invoke: 'f', End: true}}}]}}
                """), "{}").reached("TaskFailed", 1).reached("WaitStateEntered", 1);
        stop(run);
        states.advance(Duration.ofSeconds(100));
        run.stays();
        assertEquals(1, states.functions().calls("f").size());
    }

    @Test
    void stoppedTwice_isStoppedOnce() {
        Run run = states.start(machine("{W: {Type: 'Wait', Seconds: 1000, End: true}}"), "{}")
                .at("WaitStateEntered");
        JsonNode first = stop(run);
        states.advance(Duration.ofSeconds(5));
        assertEquals(first, stop(run));
        assertEquals(1, run.events("ExecutionAborted").size());
    }

    @Test
    void endedExecution_staysAsItEnded() {
        Run run = states.run(machine("{A: {Type: 'Succeed'}}"), "{}").succeeded();
        stop(run);
        assertEquals("SUCCEEDED", run.status());
    }

    @Test
    void unknownExecution_isRefused() {
        assertEquals(
                "ExecutionDoesNotExist",
                states.refusal("StopExecution", "{executionArn: '" + Interpreter.ARN + "execution:a:b'}"));
    }
}

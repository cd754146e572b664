package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.machine;
import static tg.ecom.states.conformance.Asl.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** GetExecutionHistory: types, ids and details of events. */
@WithInterpreter
class HistoryTest {
    private final Interpreter states;

    HistoryTest(Interpreter states) {
        this.states = states;
    }

    private static List<Integer> previous(Run run) {
        return run.history().stream()
                .map(event -> event.path("previousEventId").asInt())
                .toList();
    }

    @Test
    void invocation_isScheduledStartedAndSucceeded() {
        states.functions().define("f", Functions.answering("5"));
        Run run = states.run(machine("{A: {Invoke: 'f', TimeoutSeconds: 60, End: true, Output: 'o'}}"), "{x: 1}")
                .succeeded();
        assertEquals(
                List.of(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskSucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded"),
                run.types());
        assertEquals(List.of(0, 0, 2, 3, 4, 5, 6), previous(run));
        assertEquals(
                IntStream.rangeClosed(1, 7).boxed().toList(),
                run.history().stream().map(event -> event.path("id").asInt()).toList());

        JsonNode started = run.history().get(0).path("executionStartedEventDetails");
        assertEquals("{\"x\":1}", started.path("input").asText());
        assertEquals(Interpreter.ROLE, started.path("roleArn").asText());
        assertFalse(started.path("inputDetails").path("truncated").asBoolean(true));
        JsonNode entered = run.history().get(1).path("stateEnteredEventDetails");
        assertEquals("A", entered.path("name").asText());
        assertEquals("{\"x\":1}", entered.path("input").asText());
        JsonNode scheduled = run.history().get(2).path("taskScheduledEventDetails");
        assertEquals("lambda", scheduled.path("resourceType").asText());
        assertEquals("invoke", scheduled.path("resource").asText());
        assertEquals("us-east-1", scheduled.path("region").asText());
        assertEquals(60, scheduled.path("timeoutInSeconds").asInt());
        assertEquals(
                json("{FunctionName: 'f', Payload: {x: 1}}"),
                json(scheduled.path("parameters").asText()));
        assertEquals(
                json("{resourceType: 'lambda', resource: 'invoke'}"),
                run.history().get(3).path("taskStartedEventDetails"));
        JsonNode succeeded = run.history().get(4).path("taskSucceededEventDetails");
        assertEquals("invoke", succeeded.path("resource").asText());
        assertEquals(json("5"), json(succeeded.path("output").asText()).path("Payload"));
        JsonNode exited = run.history().get(5).path("stateExitedEventDetails");
        assertEquals("A", exited.path("name").asText());
        assertEquals("\"o\"", exited.path("output").asText());
        assertEquals(
                "\"o\"",
                run.history()
                        .get(6)
                        .path("executionSucceededEventDetails")
                        .path("output")
                        .asText());
    }

    @Test
    void timestamps_areTheClocks() {
        Run run = states.start(machine("{W: {Type: 'Wait', Seconds: 90, End: true}}"), "{}")
                .at("WaitStateEntered");
        states.advance(Duration.ofSeconds(90));
        run.succeeded();
        double entered =
                run.events("WaitStateEntered").getFirst().path("timestamp").asDouble();
        double exited =
                run.events("WaitStateExited").getFirst().path("timestamp").asDouble();
        assertEquals(90, exited - entered, 0.001);
        assertEquals(states.clock().instant().toEpochMilli() / 1000.0, exited, 0.001);
    }

    @Test
    void failedInvocation_isATaskFailed() {
        states.functions().define("f", Functions.failing("E"));
        Run run = states.run(machine("{A: {Invoke: 'f', End: true}}"), "{}").failed("E");
        assertEquals(
                List.of(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskFailed",
                        "ExecutionFailed"),
                run.types());
        JsonNode failed = run.history().get(4).path("taskFailedEventDetails");
        assertEquals("lambda", failed.path("resourceType").asText());
        assertEquals("invoke", failed.path("resource").asText());
        assertEquals("E", failed.path("error").asText());
        assertEquals(
                "E",
                run.history()
                        .get(5)
                        .path("executionFailedEventDetails")
                        .path("error")
                        .asText());
    }

    @Test
    void caughtError_leavesTheStateWithItsOutput() {
        states.functions().define("f", Functions.failing("E"));
        Run run = states.run(machine("""
                {A: {Invoke: 'f', End: true, Catch: [{ErrorEquals: ['E'], Next: 'Z', Output: 'c'}]}, Z: {Type: 'Succeed'}}
                """), "{}").succeeded();
        assertEquals(
                List.of(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskFailed",
                        "TaskStateExited",
                        "SucceedStateEntered",
                        "SucceedStateExited",
                        "ExecutionSucceeded"),
                run.types());
        assertEquals(
                "\"c\"",
                run.history()
                        .get(5)
                        .path("stateExitedEventDetails")
                        .path("output")
                        .asText());
    }

    @Test
    void retriedTask_isScheduledAgainWithoutEnteringItsState() {
        states.functions().defineInTurn("f", Functions.failing("E"), Functions.answering("1"));
        Run run = states.start(machine("{A: {Invoke: 'f', End: true, Retry: [{ErrorEquals: ['E']}]}}"), "{}")
                .at("TaskFailed");
        states.advance(Duration.ofSeconds(1));
        run.succeeded();
        assertEquals(
                List.of(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskFailed",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskSucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded"),
                run.types());
        assertEquals(List.of(0, 0, 2, 3, 4, 5, 6, 7, 8, 9), previous(run));
    }

    @Test
    void parkedTask_isSubmittedThenSucceeds() {
        states.functions().define("ask", Functions.answering("1"));
        Run run = states.start(machine("{A: {Park: 'ask', HeartbeatSeconds: 30, End: true}}"), "{}")
                .at("TaskSubmitted");
        states.call("SendTaskSuccess", object("{output: '5'}").put("taskToken", states.awaitToken("ask", 1)));
        run.succeeded();
        assertEquals(
                List.of(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskSubmitted",
                        "TaskSucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded"),
                run.types());
        JsonNode scheduled = run.history().get(2).path("taskScheduledEventDetails");
        assertEquals("invoke.waitForTaskToken", scheduled.path("resource").asText());
        assertEquals(30, scheduled.path("heartbeatInSeconds").asInt());
        assertEquals(
                "invoke.waitForTaskToken",
                run.history()
                        .get(4)
                        .path("taskSubmittedEventDetails")
                        .path("resource")
                        .asText());
        assertEquals(
                "5",
                run.history()
                        .get(5)
                        .path("taskSucceededEventDetails")
                        .path("output")
                        .asText());
    }

    @Test
    void timedOutTask_isATaskTimedOut() {
        states.functions().define("ask", Functions.answering("1"));
        Run run = states.start(machine("{A: {Park: 'ask', TimeoutSeconds: 5, End: true}}"), "{}")
                .at("TaskSubmitted");
        states.advance(Duration.ofSeconds(5));
        run.failed("States.Timeout");
        JsonNode timedOut = run.events("TaskTimedOut").getFirst().path("taskTimedOutEventDetails");
        assertEquals("States.Timeout", timedOut.path("error").asText());
        assertEquals("invoke.waitForTaskToken", timedOut.path("resource").asText());
    }

    @Test
    void failedEvaluation_isAnEventOfItsOwn() {
        Run run = states.run(machine("{A: {Type: 'Pass', Output: {x: '{% $states.input.no %}'}, End: true}}"), "{}");
        run.failed("States.QueryEvaluationError");
        assertEquals(
                List.of("ExecutionStarted", "PassStateEntered", "EvaluationFailed", "ExecutionFailed"), run.types());
        JsonNode failed = run.history().get(2).path("evaluationFailedEventDetails");
        assertEquals("A", failed.path("state").asText());
        assertEquals("States.QueryEvaluationError", failed.path("error").asText());
        assertTrue(failed.path("location").asText().startsWith("Output"), failed::toString);
        assertFalse(failed.path("cause").asText().isEmpty());
    }

    @Test
    void choiceFailAndSucceed_haveTheirEvents() {
        Run run = states.run(machine("""
                {C: {Type: 'Choice', Choices: [{Condition: true, Next: 'F'}]}, F: {Type: 'Fail', Error: 'E'}}
                """), "{}");
        run.failed("E");
        assertEquals(
                List.of(
                        "ExecutionStarted",
                        "ChoiceStateEntered",
                        "ChoiceStateExited",
                        "FailStateEntered",
                        "ExecutionFailed"),
                run.types());
    }

    @Test
    void parallel_startsSucceedsAndExits() {
        Run run = states.run(machine("""
                {P: {Type: 'Parallel', End: true, Branches: [{StartAt: 'A', States: {A: {Type: 'Pass', End: true}}}]}}
                """), "{}").succeeded();
        assertEquals(
                List.of(
                        "ExecutionStarted",
                        "ParallelStateEntered",
                        "ParallelStateStarted",
                        "PassStateEntered",
                        "PassStateExited",
                        "ParallelStateSucceeded",
                        "ParallelStateExited",
                        "ExecutionSucceeded"),
                run.types());
    }
}

package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.states.Scene.await;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.machine;
import static tg.ecom.states.conformance.Asl.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** states:startExecution: guide, "Start a new AWS Step Functions state machine from a running execution". */
@WithInterpreter
class NestedExecutionsTest {
    private final Interpreter states;

    NestedExecutionsTest(Interpreter states) {
        this.states = states;
    }

    private String parent(String form, String child, String more) {
        return machine("""
                {A: {Type: 'Task', Resource: 'arn:aws:states:::states:startExecution%s', End: true,
                     Arguments: {StateMachineArn: '%s', Input: {x: '{%% $states.input.x %%}'}}%s},
                 Z: {Type: 'Pass', End: true}}
                """.formatted(form, child, more));
    }

    private String parent(String form, String child) {
        return parent(form, child, ", Catch: [{ErrorEquals: ['Never'], Next: 'Z'}]");
    }

    private Run childOf(String machine) {
        ObjectNode request = object("{}").put("stateMachineArn", machine);
        await(
                "the child begins",
                () -> !states.call("ListExecutions", request).path("executions").isEmpty());
        return new Run(
                states,
                states.call("ListExecutions", request)
                        .path("executions")
                        .path(0)
                        .path("executionArn")
                        .asText());
    }

    @Test
    void withoutSync_theParentGoesOnAtOnce() {
        String child = states.create(machine("{W: {Type: 'Wait', Seconds: 1000, End: true}}"));
        JsonNode output = states.run(parent("", child), "{x: 1}").output();
        Run started = new Run(states, output.path("ExecutionArn").asText());
        assertTrue(started.arn().startsWith(child.replace(":stateMachine:", ":execution:")));
        assertTrue(output.hasNonNull("StartDate"));
        assertEquals(200, output.path("SdkHttpMetadata").path("HttpStatusCode").asInt());
        assertTrue(output.path("SdkResponseMetadata").hasNonNull("RequestId"));
        assertEquals("{\"x\":1}", started.described().path("input").asText());
        assertEquals("RUNNING", started.status());
    }

    @Test
    void inputThatIsNull_isAnEmptyObject() {
        String child = states.create(machine("{A: {Type: 'Pass', End: true}}"));
        Run run = states.run(machine("""
                {A: {Type: 'Task', Resource: 'arn:aws:states:::states:startExecution.sync:2', End: true,
                     Arguments: {StateMachineArn: '%s', Input: '{%% $states.input.none %%}'}}}
                """.formatted(child)), "{none: null}");
        assertEquals(json("{}"), run.output().path("Output"));
    }

    @Test
    void sync_waitsAndGivesTheOutputAsJson() {
        String child = states.create(
                machine(
                        "{W: {Type: 'Wait', Seconds: 5, Next: 'B'}, B: {Type: 'Pass', Output: {y: '{% $states.input.x + 1 %}'}, End: true}}"));
        Run run = states.start(parent(".sync:2", child), "{x: 1}");
        childOf(child).at("WaitStateEntered");
        run.at("TaskSubmitted").stays();
        states.advance(Duration.ofSeconds(5));
        JsonNode output = run.output();
        assertEquals(json("{y: 2}"), output.path("Output"));
        assertEquals(json("{x: 1}"), output.path("Input"));
        assertTrue(output.path("InputDetails").path("Included").asBoolean());
        assertTrue(output.path("OutputDetails").path("Included").asBoolean());
        assertEquals("SUCCEEDED", output.path("Status").asText());
        assertEquals(child, output.path("StateMachineArn").asText());
    }

    @Test
    void syncOfAChildThatFails_isATaskFailed() {
        String child = states.create(machine("{F: {Type: 'Fail', Error: 'Mine', Cause: 'c'}}"));
        Run run = states.run(parent(".sync:2", child), "{x: 1}").failed("States.TaskFailed");
        JsonNode cause = json(run.cause());
        assertEquals("FAILED", cause.path("Status").asText());
        assertEquals("Mine", cause.path("Error").asText());
        assertEquals("c", cause.path("Cause").asText());
    }

    @Test
    void syncOfAChildThatIsStopped_isATaskFailed() {
        String child = states.create(machine("{W: {Type: 'Wait', Seconds: 1000, End: true}}"));
        Run run = states.start(parent(".sync:2", child), "{x: 1}").at("TaskSubmitted");
        states.call(
                "StopExecution", object("{}").put("executionArn", childOf(child).arn()));
        run.failed("States.TaskFailed");
    }

    @Test
    void stopOfTheParent_stopsTheChild() {
        String child = states.create(machine("{W: {Type: 'Wait', Seconds: 1000, End: true}}"));
        Run run = states.start(parent(".sync:2", child), "{x: 1}").at("TaskSubmitted");
        Run started = childOf(child).at("WaitStateEntered");
        states.call("StopExecution", object("{}").put("executionArn", run.arn()));
        assertEquals("ABORTED", started.ended().status());
    }

    @Test
    void parentThatTimesOut_stopsTheChild() {
        String child = states.create(machine("{W: {Type: 'Wait', Seconds: 1000, End: true}}"));
        Run run = states.start(
                        parent(
                                ".sync:2",
                                child,
                                ", TimeoutSeconds: 10, Catch: [{ErrorEquals: ['States.Timeout'], Next: 'Z'}]"),
                        "{x: 1}")
                .at("TaskSubmitted");
        states.advance(Duration.ofSeconds(10));
        run.succeeded();
        assertEquals("ABORTED", childOf(child).ended().status());
    }

    @Test
    void waitForTaskToken_waitsForTheTokenOfTheChildsInput() {
        String child = states.create(machine("""
                {B: {Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true,
                     Arguments: {FunctionName: 'ask', Payload: {token: '{% $states.input.token %}'}}}}
                """));
        states.functions().define("ask", Functions.answering("1"));
        Run run = states.start(machine("""
                {A: {Type: 'Task', Resource: 'arn:aws:states:::states:startExecution.waitForTaskToken', End: true,
                     Arguments: {StateMachineArn: '%s', Input: {token: '{%% $states.context.Task.Token %%}'}}}}
                """.formatted(child)), "{}");
        String token = states.awaitToken("ask", 1);
        childOf(child).succeeded();
        run.at("TaskSubmitted");
        states.call("SendTaskSuccess", object("{output: '5'}").put("taskToken", token));
        assertEquals(json("5"), run.output());
    }

    @Test
    void nameMayBeGiven_andATakenOneIsAnError() {
        String child = states.create(machine("{A: {Type: 'Succeed'}}"));
        String name = Interpreter.name();
        String definition = machine("""
                {A: {Type: 'Task', Resource: 'arn:aws:states:::states:startExecution.sync:2', End: true,
                     Arguments: {StateMachineArn: '%s', Name: '%s', Input: '{%% $states.input %%}'}}}
                """.formatted(child, name));
        states.run(definition, "{x: 1}").succeeded();
        assertEquals(name, childOf(child).name());
        states.run(definition, "{x: 2}").failed("StepFunctions.ExecutionAlreadyExistsException");
    }

    @Test
    void unknownStateMachine_isAnError() {
        states.run(parent(".sync:2", Interpreter.ARN + "stateMachine:none"), "{x: 1}")
                .failed("StepFunctions.StateMachineDoesNotExistException");
    }

    @Test
    void history_tellsOfTheChild() {
        String child = states.create(machine("{A: {Type: 'Succeed'}}"));
        Run run = states.run(parent(".sync:2", child), "{x: 1}").succeeded();
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
        JsonNode scheduled = run.events("TaskScheduled").getFirst().path("taskScheduledEventDetails");
        assertEquals("states", scheduled.path("resourceType").asText());
        assertEquals("startExecution.sync:2", scheduled.path("resource").asText());
        JsonNode submitted = json(run.events("TaskSubmitted")
                .getFirst()
                .path("taskSubmittedEventDetails")
                .path("output")
                .asText());
        assertTrue(submitted.hasNonNull("ExecutionArn"));
    }

    @Test
    void nestedExecutionGoesOn_afterARestart() {
        String child = states.create(machine("{W: {Type: 'Wait', Seconds: 5, End: true}}"));
        Run run = states.start(parent(".sync:2", child), "{x: 1}").at("TaskSubmitted");
        childOf(child).at("WaitStateEntered");
        states.restart();
        states.advance(Duration.ofSeconds(5));
        run.succeeded();
    }
}

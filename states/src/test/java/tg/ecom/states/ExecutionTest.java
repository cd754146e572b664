package tg.ecom.states;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Executions from their start to their end, through every kind of state. */
@org.junit.jupiter.api.Timeout(60)
class ExecutionTest {
    private static final String TOKEN_TASK = """
            'Ask': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke.waitForTaskToken',
                    'Arguments': {'FunctionName': 'ask', 'Payload': {'token': '{% $states.context.Task.Token %}'}},
                    MORE 'End': true}
            """;

    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void passChoicePass_assignsAndHandsOn() {
        JsonNode output = scene.output("""
                'First': {'Type': 'Pass', 'Assign': {'total': '{% $states.input.a + 1 %}', 'old': 7}, 'Next': 'Which'},
                'Which': {'Type': 'Choice', 'Choices': [
                    {'Condition': '{% $total > 5 %}', 'Next': 'Large'}], 'Default': 'Small',
                    'Output': {'by': 'default', 'total': '{% $total %}'}},
                'Large': {'Type': 'Pass', 'Output': '{% $states.input %}', 'End': true},
                'Small': {'Type': 'Succeed', 'Output': {'was': '{% $states.input %}'}}
                """, "{'a': 2}");
        assertEquals(Scene.json("{'was': {'by': 'default', 'total': 3}}"), output);
    }

    @Test
    void lambdaInvoke_givesThePayload_andTheHistoryTellsIt() {
        scene.function("double", event -> Scene.object("n", event.path("n").asInt() * 2));
        String execution = scene.start(scene.machine("""
                'Double': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke',
                    'Arguments': {'FunctionName': 'double', 'Payload': {'n': '{% $states.input.n %}'}},
                    'Output': '{% $states.result.Payload.n %}', 'End': true}
                """), "{'n': 21}");
        assertEquals("42", scene.ended(execution).path("output").asText());
        assertEquals(
                List.of(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskSucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded"),
                scene.types(execution));
        for (JsonNode event : scene.history(execution)) {
            // The first state's entry follows nothing, as the start of the execution does.
            int id = event.path("id").asInt();
            assertEquals(id <= 2 ? 0 : id - 1, event.path("previousEventId").asInt());
        }
    }

    @Test
    void taskToken_parksUntilItComesBack_onceOnly() {
        scene.function("ask", event -> Scene.object());
        String execution = scene.start(scene.machine(tokenTask("")), "{}");
        String token = scene.awaitCall(0).event().path("token").asText();
        scene.awaitEvents(execution, "TaskSubmitted", 1);
        scene.call("SendTaskSuccess", "taskToken", token, "output", "{\"paid\": true}");
        assertEquals("{\"paid\":true}", scene.ended(execution).path("output").asText());
        refused("TaskTimedOut", () -> scene.call("SendTaskSuccess", "taskToken", token, "output", "{}"));
        refused("InvalidToken", () -> scene.call("SendTaskSuccess", "taskToken", "junk", "output", "{}"));
    }

    @Test
    void tokenThatComesBackBeforeTheFunctionAnswers_isTaken() throws InterruptedException {
        CountDownLatch sentBack = new CountDownLatch(1);
        scene.function("ask", event -> {
            scene.call("SendTaskSuccess", "taskToken", event.path("token").asText(), "output", "1");
            sentBack.countDown();
            return Scene.object();
        });
        String execution = scene.start(scene.machine(tokenTask("")), "{}");
        sentBack.await();
        assertEquals("1", scene.ended(execution).path("output").asText());
    }

    @Test
    void retriedTask_hasAFreshToken_andTheOldOneIsDead() {
        scene.function("ask", event -> Scene.object());
        String execution = scene.start(
                scene.machine(tokenTask("'Retry': [{'ErrorEquals': ['Busy'], 'IntervalSeconds': 5}],")), "{}");
        String first = scene.awaitCall(0).event().path("token").asText();
        scene.call("SendTaskFailure", "taskToken", first, "error", "Busy", "cause", "later");
        scene.advance(Duration.ofSeconds(4));
        assertEquals(1, scene.calls().size());
        scene.advance(Duration.ofSeconds(1));
        String second = scene.awaitCall(1).event().path("token").asText();
        assertNotEquals(first, second);
        refused("TaskTimedOut", () -> scene.call("SendTaskSuccess", "taskToken", first, "output", "{}"));
        scene.call("SendTaskSuccess", "taskToken", second, "output", "2");
        assertEquals("2", scene.ended(execution).path("output").asText());
    }

    @Test
    void timeout_isCaught_andHeartbeatsKeepATaskAlive() {
        scene.function("ask", event -> Scene.object());
        String states =
                tokenTask("""
                'TimeoutSeconds': '{% $states.input.most %}', 'HeartbeatSeconds': 10,
                'Catch': [{'ErrorEquals': ['States.Timeout', 'States.HeartbeatTimeout'], 'Next': 'Late'}],
                """) + ", 'Late': {'Type': 'Pass', 'Output': '{% $states.input.Error %}', 'End': true}";
        String execution = scene.start(scene.machine(states), "{'most': 30}");
        String token = scene.awaitCall(0).event().path("token").asText();
        for (int count = 0; count < 3; count++) {
            scene.advance(Duration.ofSeconds(9));
            scene.call("SendTaskHeartbeat", "taskToken", token);
        }
        scene.advance(Duration.ofSeconds(3));
        assertEquals("\"States.Timeout\"", scene.ended(execution).path("output").asText());
        String other = scene.start(scene.machine(states), "{'most': 30}");
        scene.awaitCall(1);
        scene.advance(Duration.ofSeconds(10));
        assertEquals(
                "\"States.HeartbeatTimeout\"", scene.ended(other).path("output").asText());
    }

    @Test
    void functionsErrorType_reachesErrorEquals_andBackoffGrows() {
        String arn = "arn:aws:lambda:us-east-1:000000000000:function:flaky:live";
        scene.function(arn, event -> {
            throw new Scene.Failure("Refused", "no");
        });
        String execution = scene.start(scene.machine("""
                'Call': {'Type': 'Task', 'Resource': 'ARN',
                    'Retry': [{'ErrorEquals': ['Other']}, {'ErrorEquals': ['Refused'], 'IntervalSeconds': 2,
                        'MaxAttempts': 3, 'BackoffRate': 3, 'MaxDelaySeconds': 10}],
                    'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Caught',
                        'Assign': {'e': '{% $states.errorOutput.Error %}'}}],
                    'End': true},
                'Caught': {'Type': 'Pass', 'Output': '{% $e %}', 'End': true}
                """.replace("ARN", arn)), "{}");
        for (int attempt = 1; attempt <= 3; attempt++) {
            scene.awaitEvents(execution, "LambdaFunctionFailed", attempt);
            Duration delay = Duration.ofSeconds(List.of(2, 6, 10).get(attempt - 1));
            scene.advance(delay.minusMillis(1));
            assertEquals(attempt, scene.calls().size());
            scene.advance(Duration.ofMillis(1));
        }
        assertEquals("\"Refused\"", scene.ended(execution).path("output").asText());
        assertEquals(4, scene.calls().size());
    }

    @Test
    void parallel_failsFast_andEndsTheOtherBranches() {
        scene.function("ask", event -> Scene.object());
        String execution = scene.start(scene.machine("""
                'Both': {'Type': 'Parallel', 'End': true, 'Branches': [
                    {'StartAt': 'Wait', 'States': {'Wait': {'Type': 'Task',
                        'Resource': 'arn:aws:states:::lambda:invoke.waitForTaskToken',
                        'Arguments': {'FunctionName': 'ask', 'Payload': '{% $states.context.Task.Token %}'},
                        'End': true}}},
                    {'StartAt': 'Pause', 'States': {'Pause': {'Type': 'Wait', 'Seconds': 5, 'Next': 'No'},
                        'No': {'Type': 'Fail', 'Error': 'Broken', 'Cause': 'on purpose'}}}],
                    'Catch': [{'ErrorEquals': ['Broken'], 'Next': 'After'}]},
                'After': {'Type': 'Pass', 'Output': '{% $states.input.Cause %}', 'End': true}
                """), "{}");
        String token = scene.awaitCall(0).event().asText();
        scene.advance(Duration.ofSeconds(5));
        assertEquals("\"on purpose\"", scene.ended(execution).path("output").asText());
        refused("TaskTimedOut", () -> scene.call("SendTaskSuccess", "taskToken", token, "output", "{}"));
        assertTrue(scene.types(execution).contains("TaskStateAborted"));
    }

    @Test
    void map_keepsTheOrder_andRunsAsManyAsItMay() {
        scene.function("ask", event -> Scene.object());
        String execution = scene.start(scene.machine("""
                'Each': {'Type': 'Map', 'Items': '{% $states.input.list %}', 'MaxConcurrency': 2, 'End': true,
                    'ItemSelector': {'n': '{% $states.context.Map.Item.Value %}', 'at': '{% $states.context.Map.Item.Index %}'},
                    'ItemProcessor': {'ProcessorConfig': {'Mode': 'INLINE'}, 'StartAt': 'One', 'States': {'One': {
                        'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke.waitForTaskToken',
                        'Arguments': {'FunctionName': 'ask', 'Payload': {'token': '{% $states.context.Task.Token %}',
                            'n': '{% $states.input.n %}', 'at': '{% $states.input.at %}'}},
                        'End': true}}}}
                """), "{'list': [10, 20, 30]}");
        scene.awaitCall(1);
        assertEquals(2, scene.calls().size());
        for (int index = 2; index >= 0; index--) {
            JsonNode event =
                    scene.awaitCall(index == 2 ? 1 : index == 1 ? 0 : 2).event();
            scene.call(
                    "SendTaskSuccess",
                    "taskToken",
                    event.path("token").asText(),
                    "output",
                    event.path("n").asText());
        }
        assertEquals("[10,20,30]", scene.ended(execution).path("output").asText());
    }

    @Test
    void restart_runsNoEndedStateAgain_andGoesOnWithTheRest() {
        scene.function("once", event -> Scene.object("done", true)).function("ask", event -> Scene.object());
        String execution = scene.start(scene.machine("""
                'Once': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke',
                    'Arguments': {'FunctionName': 'once'}, 'Next': 'Pause'},
                'Pause': {'Type': 'Wait', 'Seconds': 60, 'Next': 'Ask'},
                """ + tokenTask("'TimeoutSeconds': 600,")), "{}");
        scene.awaitEvents(execution, "WaitStateEntered", 1);
        scene.restart();
        scene.advance(Duration.ofSeconds(60));
        String token = scene.awaitCall(1).event().path("token").asText();
        scene.awaitEvents(execution, "TaskSubmitted", 1);
        scene.restart();
        scene.call("SendTaskSuccess", "taskToken", token, "output", "3");
        assertEquals("3", scene.ended(execution).path("output").asText());
        assertEquals(2, scene.calls().size());
    }

    @Test
    void stopped_nothingMoreIsInvoked() {
        scene.function("ask", event -> Scene.object());
        String execution = scene.start(scene.machine("""
                'Pause': {'Type': 'Wait', 'Seconds': 60, 'Next': 'Ask'},
                """ + tokenTask("")), "{}");
        scene.awaitEvents(execution, "WaitStateEntered", 1);
        scene.call("StopExecution", "executionArn", execution, "error", "Enough", "cause", "a person said so");
        scene.advance(Duration.ofSeconds(61));
        JsonNode ended = scene.describe(execution);
        assertEquals("ABORTED", ended.path("status").asText());
        assertEquals("Enough", ended.path("error").asText());
        assertEquals(List.of(), scene.calls());
    }

    @Test
    void nestedExecution_isWaitedFor() {
        String child = scene.machine("'Add': {'Type': 'Pass', 'Output': '{% $states.input.n + 1 %}', 'End': true}");
        JsonNode output = scene.output("""
                'Start': {'Type': 'Task', 'Resource': 'arn:aws:states:::states:startExecution.sync:2',
                    'Arguments': {'StateMachineArn': 'CHILD', 'Input': {'n': 4}},
                    'Output': '{% $states.result.Output %}', 'End': true}
                """.replace("CHILD", child), "{}");
        assertEquals(Scene.json("5"), output);
    }

    @Test
    void sameNameAndInput_isTheSameExecutionWhileItRuns() {
        String machine = scene.machine("'Pause': {'Type': 'Wait', 'Seconds': 60, 'End': true}");
        JsonNode first = scene.call("StartExecution", "stateMachineArn", machine, "name", "one", "input", "{\"a\": 1}");
        assertEquals(
                first, scene.call("StartExecution", "stateMachineArn", machine, "name", "one", "input", "{\"a\":1}"));
        refused(
                "ExecutionAlreadyExists",
                () -> scene.call("StartExecution", "stateMachineArn", machine, "name", "one", "input", "{}"));
        scene.advance(Duration.ofSeconds(60));
        scene.ended(first.path("executionArn").asText());
        refused(
                "ExecutionAlreadyExists",
                () -> scene.call("StartExecution", "stateMachineArn", machine, "name", "one", "input", "{\"a\": 1}"));
    }

    @Test
    void wrongDefinition_isRefusedWithStateAndReason() {
        StepFunctionsException refused = assertThrows(StepFunctionsException.class, () -> scene.machine("""
                        'A': {'Type': 'Pass', 'Next': 'Nowhere'},
                        'B': {'Type': 'Pass', 'InputPath': '$', 'End': true}
                        """));
        assertEquals("InvalidDefinition", refused.type());
        assertTrue(
                refused.getMessage().contains("Missing 'Next' target: Nowhere at /States/A/Next"),
                refused.getMessage());
        assertTrue(refused.getMessage().contains("/States/B/InputPath"), refused.getMessage());
    }

    private static String tokenTask(String more) {
        return TOKEN_TASK.replace("MORE", more);
    }

    private static void refused(String type, Runnable action) {
        assertEquals(
                type, assertThrows(StepFunctionsException.class, action::run).type());
    }
}

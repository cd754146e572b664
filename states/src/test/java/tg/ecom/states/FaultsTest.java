package tg.ecom.states;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Databases that refuse, functions that break, and ends at the worst moment: no execution may hang or be lost. */
@Timeout(60)
class FaultsTest {
    private static final String ASK = """
            'Ask': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke', MORE
                'Arguments': {'FunctionName': 'ask', 'Payload': {}}}
            """;
    private static final String ASK_ONCE = ASK.replace("MORE", "'End': true,");
    private static final String LONG_WAIT = "'W': {'Type': 'Wait', 'Seconds': 100000, 'End': true}";
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int JSON_DEPTH_MAX = 1_000;

    /** Failures on end that an execution is given up for. */
    private static final int FAILURES_MAX = 5;

    private final Scene scene = new Scene();

    @AfterEach
    void end() {
        scene.close();
    }

    @Test
    void firstSaveThatFails_isTriedAgain() {
        refuseSaves("true");
        String execution = scene.start(scene.machine("'P': {'Type': 'Pass', 'End': true}"), "{}");
        Scene.await("it is refused", () -> refusals() > 0);
        allowSaves();
        assertEquals("SUCCEEDED", statusInTheEnd(execution));
    }

    @Test
    void databaseThatIsAwayForLong_endsNothing() {
        refuseSaves("true", "57P03");
        String execution = scene.start(scene.machine("'P': {'Type': 'Pass', 'End': true}"), "{}");
        Scene.await("many saves are refused", () -> {
            scene.advance(RETRY);
            return refusals() > 2 * FAILURES_MAX;
        });
        allowSaves();
        assertEquals("SUCCEEDED", statusInTheEnd(execution));
    }

    @Test
    void nulInErrorAndCause_isToldByAReplacement() {
        String machine = scene.machine("""
                'F': {'Type': 'Fail', 'Error': '{% $states.input.e %}', 'Cause': '{% $states.input.c %}'}
                """);
        String execution = scene.start(machine, "{'e': 'Bad\\u0000', 'c': 'a\\u0000b'}");
        assertEquals("FAILED", statusInTheEnd(execution));
        assertEquals("Bad\uFFFD", scene.describe(execution).path("error").asText());
        assertEquals("a\uFFFDb", scene.describe(execution).path("cause").asText());
    }

    @Test
    void nulInInputAndOutput_comesBackAsGiven() {
        String execution = scene.start(scene.machine("'P': {'Type': 'Pass', 'End': true}"), "'a\\u0000b'");
        assertEquals("SUCCEEDED", statusInTheEnd(execution));
        assertEquals("\"a\\u0000b\"", scene.describe(execution).path("input").asText());
        assertEquals(
                "a\u0000b",
                Scene.json(scene.describe(execution).path("output").asText()).textValue());
    }

    @Test
    void nulInArns_isRefused() {
        assertEquals(
                "InvalidArn",
                assertThrows(
                                StepFunctionsException.class,
                                () -> scene.call(
                                        "CreateStateMachine", "name", "n", "definition", "{}", "roleArn", "arn:\u0000"))
                        .type());
        assertEquals(
                "InvalidArn",
                assertThrows(
                                StepFunctionsException.class,
                                () -> scene.describe("arn:aws:states:us-east-1:000000000000:execution:m:\u0000"))
                        .type());
    }

    @Test
    void inputAsDeepAsJsonMayBe_goesThrough() {
        String deep = "[".repeat(JSON_DEPTH_MAX) + "]".repeat(JSON_DEPTH_MAX);
        String execution = scene.start(scene.machine("""
                'W': {'Type': 'Wait', 'Seconds': 5, 'Assign': {'kept': '{% $states.input %}'}, 'Next': 'V'},
                'V': {'Type': 'Wait', 'Seconds': 5, 'Output': '{% $kept %}', 'End': true}
                """), deep);
        scene.awaitEvents(execution, "WaitStateEntered", 1);
        scene.restart();
        assertEquals("SUCCEEDED", statusInTheEnd(execution));
        assertEquals(deep, scene.describe(execution).path("output").asText());
    }

    @Test
    void executionThatCanNeverGoOn_failsInTheEnd() {
        String execution = scene.start(scene.machine(LONG_WAIT), "{}");
        scene.awaitEvents(execution, "WaitStateEntered", 1);
        sql("update states.executions set snapshot = 'damaged'");
        scene.restart();
        assertEquals("FAILED", statusInTheEnd(execution));
        assertEquals("States.Runtime", scene.describe(execution).path("error").asText());
        assertEquals("ExecutionFailed", scene.types(execution).getLast());
        JsonNode last = scene.history(execution).getLast();
        assertEquals(
                "States.Runtime",
                last.path("executionFailedEventDetails").path("error").asText());
    }

    @Test
    void errorThrownByTheHostOfFunctions_failsTheTask() {
        scene.function("ask", event -> {
            throw new AssertionError("crashed");
        });
        String execution = scene.start(scene.machine(ASK_ONCE), "{}");
        assertEquals("FAILED", statusInTheEnd(execution));
        assertTrue(scene.describe(execution).path("cause").asText().contains("crashed"));
    }

    @Test
    void functionThatAnswersItsInterruption_isAskedAgainAfterTheRestart() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger count = new AtomicInteger();
        scene.function("ask", event -> {
            if (count.incrementAndGet() == 1) {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException interrupted) {
                    throw new Scene.Failure("Interrupted", "cut off");
                }
            }
            return Scene.object("ok", true);
        });
        String execution = scene.start(scene.machine(ASK_ONCE), "{}");
        begun.await();
        scene.restart();
        assertEquals("SUCCEEDED", statusInTheEnd(execution));
        assertEquals(2, count.get());
    }

    @Test
    void taskOfABranchThatIsAbortedAtOnce_isNotCalled() {
        scene.function("ask", event -> Scene.object());
        String execution = scene.start(scene.machine("""
                'P': {'Type': 'Parallel', 'Catch': [{'ErrorEquals': ['X'], 'Next': 'W'}], 'End': true, 'Branches': [
                    {'StartAt': 'Ask', 'States': {ASK}},
                    {'StartAt': 'F', 'States': {'F': {'Type': 'Fail', 'Error': 'X'}}}]},
                """.replace("ASK", ASK_ONCE) + LONG_WAIT), "{}");
        scene.awaitEvents(execution, "WaitStateEntered", 1);
        scene.restart();
        assertEquals(0, scene.calls().size());
    }

    @Test
    void functionThatRunsWhileASaveFails_isNotCalledAgain() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        scene.function("ask", event -> {
            begun.countDown();
            try {
                released.await();
            } catch (InterruptedException interrupted) {
                throw new Scene.Failure("Interrupted", "cut off");
            }
            return Scene.object();
        });
        String execution = scene.start(scene.machine(ASK.replace("MORE", "'Next': 'W',") + "," + LONG_WAIT), "{}");
        begun.await();
        refuseSaves("true");
        assertThrows(RuntimeException.class, () -> scene.call("StopExecution", "executionArn", execution));
        allowSaves();
        released.countDown();
        scene.awaitEvents(execution, "WaitStateEntered", 1);
        assertEquals(1, scene.calls().size());
    }

    /** Between the end of the child and the keeping of the answer to its start, the machine dies. */
    @Test
    void childThatEndedBeforeItsStartWasKept_isTaken() {
        String child = scene.machine("'C': {'Type': 'Pass', 'Output': 'done', 'End': true}");
        for (String kind : new String[] {"", ".sync:2"}) {
            String parent = scene.machine("""
                    'S': {'Type': 'Task', 'Resource': 'arn:aws:states:::states:startExecutionKIND', 'End': true,
                        'Arguments': {'StateMachineArn': 'CHILD', 'Input': {}}}
                    """.replace("KIND", kind).replace("CHILD", child));
            refuseSaves("new.machine_arn = '" + parent + "' and (new.status <> 'RUNNING' or new.snapshot like "
                    + "'%\"answered\":true%')");
            String execution = scene.start(parent, "{}");
            Scene.await("the nested execution ends", () -> ended(child) == (kind.isEmpty() ? 1 : 2));
            scene.restart();
            allowSaves();
            assertEquals("SUCCEEDED", statusInTheEnd(execution), () -> kind + scene.describe(execution));
        }
        assertEquals(2, ended(child));
    }

    @Test
    void tokenThatComesAfterTheTimeout_isRefused() {
        scene.function("ask", event -> Scene.object());
        String execution = scene.start(scene.machine("""
                'Ask': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke.waitForTaskToken',
                    'TimeoutSeconds': 600, 'End': true,
                    'Arguments': {'FunctionName': 'ask', 'Payload': {'token': '{% $states.context.Task.Token %}'}}}
                """), "{}");
        String token = scene.awaitCall(0).event().path("token").asText();
        scene.awaitEvents(execution, "TaskSubmitted", 1);
        // Nobody tells the interpreter that the clock has jumped.
        scene.clock().advance(Duration.ofHours(1));
        assertEquals(
                "TaskTimedOut",
                assertThrows(
                                StepFunctionsException.class,
                                () -> scene.call("SendTaskSuccess", "taskToken", token, "output", "1"))
                        .type());
        assertEquals("States.Timeout", scene.ended(execution).path("error").asText());
    }

    @Test
    void retriesToo_endAtTheHistorysQuota() {
        scene.function("ask", event -> {
            throw new Scene.Failure("Busy", "x");
        });
        String execution = scene.start(scene.machine(ASK.replace("MORE", """
                'End': true, 'Retry': [{'ErrorEquals': ['Busy'], 'MaxAttempts': 99999999, 'BackoffRate': 1}],
                """)), "{}");
        scene.awaitEvents(execution, "TaskFailed", 1);
        scene.close();
        sql("update states.executions set snapshot = replace(snapshot, '\"lastEvent\":5', '\"lastEvent\":24997')");
        scene.restart();
        assertEquals("FAILED", statusInTheEnd(execution));
        assertEquals("States.Runtime", scene.describe(execution).path("error").asText());
        assertEquals(25_000, scene.history(execution).getLast().path("id").asInt());
    }

    private int ended(String machine) {
        return scene.call("ListExecutions", "stateMachineArn", machine, "statusFilter", "SUCCEEDED")
                .path("executions")
                .size();
    }

    /** How an execution ends when the clock goes on. */
    private String statusInTheEnd(String execution) {
        Scene.await("the execution ends", () -> {
            scene.advance(RETRY);
            return !scene.describe(execution).path("status").asText().equals("RUNNING");
        });
        return scene.describe(execution).path("status").asText();
    }

    private long refusals() {
        return scene.database()
                .withHandle(handle -> handle.createQuery("select last_value from states.refusals where is_called")
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L));
    }

    private void refuseSaves(String which) {
        refuseSaves(which, "P0001");
    }

    private void refuseSaves(String which, String sqlState) {
        // What a sequence gives is not taken back with the transaction that is refused.
        sql("create sequence if not exists states.refusals");
        sql("""
                create or replace function states.refuse() returns trigger language plpgsql as
                $$ begin if WHICH then
                    perform nextval('states.refusals');
                    raise exception 'refused' using errcode = 'STATE';
                end if; return new; end $$
                """.replace("WHICH", which).replace("STATE", sqlState));
        sql("create or replace trigger refuse before update on states.executions"
                + " for each row execute function states.refuse()");
    }

    private void allowSaves() {
        sql("drop trigger refuse on states.executions");
    }

    private void sql(String statement) {
        scene.database().useHandle(handle -> handle.execute(statement));
    }
}

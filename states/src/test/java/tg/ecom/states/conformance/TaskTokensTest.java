package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.machine;
import static tg.ecom.states.conformance.Asl.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** .waitForTaskToken: the state waits until somebody brings the token back. */
@WithInterpreter
class TaskTokensTest {
    private final Interpreter states;

    TaskTokensTest(Interpreter states) {
        this.states = states;
    }

    private Run parked(String more) {
        states.functions().define("ask", Functions.answering("'asked'"));
        return states.start(machine("{A: {Park: 'ask', End: true" + more + "}" + Asl.endZ(more) + "}"), "{x: 1}");
    }

    private void succeed(String token, String output) {
        states.call("SendTaskSuccess", object("{}").put("taskToken", token).put("output", output));
    }

    private void fail(String token, String error) {
        states.call(
                "SendTaskFailure",
                object("{}").put("taskToken", token).put("error", error).put("cause", "why"));
    }

    private String refusalOfSuccess(String token, String output) {
        return states.refusal(
                "SendTaskSuccess", object("{}").put("taskToken", token).put("output", output));
    }

    @Test
    void success_endsTheStateWithThatOutput() {
        Run run = parked(", Output: {got: '{% $states.result %}', x: '{% $states.input.x %}'}");
        String token = states.awaitToken("ask", 1);
        run.at("TaskSubmitted").stays();
        succeed(token, "{\"paid\": true}");
        assertEquals(json("{got: {paid: true}, x: 1}"), run.output());
    }

    @Test
    void failure_isAnErrorOfThatName() {
        Run run = parked("");
        fail(states.awaitToken("ask", 1), "Refused");
        run.failed("Refused");
        assertEquals("why", run.cause());
    }

    @Test
    void failureWithoutWords_failsTheState() {
        Run run = parked("");
        states.call("SendTaskFailure", object("{}").put("taskToken", states.awaitToken("ask", 1)));
        assertEquals("FAILED", run.ended().status());
    }

    @Test
    void answerThatComesBeforeTheFunctionReturns_counts() {
        states.functions().define("ask", payload -> {
            succeed(payload.path("token").asText(), "{\"early\": true}");
            return json("'asked'");
        });
        Run run = states.run(machine("{A: {Park: 'ask', End: true}}"), "{}");
        assertEquals(json("{early: true}"), run.output());
    }

    /** The task fails at once: nobody got the token. */
    @Test
    void failureOfTheFunction_failsTheStateAtOnce() {
        states.functions().define("ask", Functions.failing("NoLine"));
        Run run = states.run(machine("{A: {Park: 'ask', TimeoutSeconds: 600, End: true}}"), "{}");
        run.failed("NoLine");
    }

    @Test
    void answersOfTheFunction_areNoResult() {
        Run run = parked("");
        String token = states.awaitToken("ask", 1);
        run.at("TaskSubmitted");
        succeed(token, "1");
        assertEquals(json("1"), run.output());
    }

    @Test
    void everyAttempt_hasAFreshToken() {
        Run run = parked(", Retry: [{ErrorEquals: ['Again'], IntervalSeconds: 1}]");
        String first = states.awaitToken("ask", 1);
        fail(first, "Again");
        run.at("TaskFailed");
        states.advance(Duration.ofSeconds(1));
        String second = states.awaitToken("ask", 2);
        assertNotEquals(first, second);
        assertEquals("TaskTimedOut", refusalOfSuccess(first, "{}"));
        succeed(second, "2");
        assertEquals(json("2"), run.output());
    }

    @Test
    void branches_haveEachItsOwnToken() {
        states.functions().define("ask", Functions.answering("'asked'"));
        Run run = states.start(machine("""
                {P: {Type: 'Parallel', End: true, Branches: [
                    {StartAt: 'L', States: {L: {Park: 'ask', End: true}}},
                    {StartAt: 'R', States: {R: {Park: 'ask', End: true}}}]}}
                """), "{}");
        states.awaitCall("ask", 2);
        List<String> tokens = states.functions().calls("ask").stream()
                .map(call -> call.payload().path("token").asText())
                .toList();
        assertEquals(2, new HashSet<>(tokens).size());
        run.reached("TaskSubmitted", 2);
        succeed(tokens.get(0), "\"one\"");
        run.reached("TaskSucceeded", 1);
        assertEquals("RUNNING", run.status());
        succeed(tokens.get(1), "\"two\"");
        Set<JsonNode> answers = new HashSet<>();
        run.output().forEach(answers::add);
        assertEquals(Set.of(json("'one'"), json("'two'")), answers);
    }

    @Test
    void tokenIsSpentByItsFirstUse() {
        Run run = parked("");
        String token = states.awaitToken("ask", 1);
        succeed(token, "1");
        run.succeeded();
        assertEquals("TaskTimedOut", refusalOfSuccess(token, "2"));
        assertEquals(
                "TaskTimedOut", states.refusal("SendTaskFailure", object("{}").put("taskToken", token)));
        assertEquals(
                "TaskTimedOut", states.refusal("SendTaskHeartbeat", object("{}").put("taskToken", token)));
        assertEquals(json("1"), run.output());
    }

    @Test
    void tokenThatIsNone_isInvalid() {
        assertEquals("InvalidToken", refusalOfSuccess("nonsense", "{}"));
        assertEquals("InvalidToken", states.refusal("SendTaskHeartbeat", "{taskToken: 'nonsense'}"));
        assertEquals("InvalidToken", states.refusal("SendTaskFailure", "{taskToken: 'nonsense'}"));
    }

    @Test
    void outputThatIsNoJson_isRefusedAndTheTokenKept() {
        Run run = parked("");
        String token = states.awaitToken("ask", 1);
        assertEquals("InvalidOutput", refusalOfSuccess(token, "{"));
        succeed(token, "1");
        run.succeeded();
    }

    @Test
    void tokenIsGoodAfterARestart() {
        Run run = parked("");
        String token = states.awaitToken("ask", 1);
        run.at("TaskSubmitted");
        states.restart();
        succeed(token, "1");
        assertEquals(json("1"), run.output());
        assertEquals(1, states.functions().calls("ask").size());
    }

    @Test
    void tokenOfAStateThatTimedOut_isTimedOut() {
        Run run = parked(", TimeoutSeconds: 10, Catch: [{ErrorEquals: ['States.Timeout'], Next: 'Z'}]");
        String token = states.awaitToken("ask", 1);
        run.at("TaskSubmitted");
        states.advance(Duration.ofSeconds(10));
        run.succeeded();
        assertEquals("TaskTimedOut", refusalOfSuccess(token, "{}"));
    }

    @Test
    void executionThatWasStopped_hasTimedOutTokens() {
        Run run = parked("");
        String token = states.awaitToken("ask", 1);
        states.call("StopExecution", object("{}").put("executionArn", run.arn()));
        assertEquals("TaskTimedOut", refusalOfSuccess(token, "{}"));
    }

    @Test
    void contextWithoutToken_hasNoTask() {
        Run run = states.run(
                machine("{A: {Type: 'Pass', End: true, Output: '{% $exists($states.context.Task.Token) %}'}}"), "{}");
        assertEquals(json("false"), run.output());
    }
}

package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.machine;
import static tg.ecom.states.conformance.Asl.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Quotas: 256 KiB for input, output and results, as UTF-8. */
@WithInterpreter
class LimitsTest {
    private static final int PAYLOAD_MAX = 262_144;

    /** 10 MiB of variables, each as large as one may be. */
    private static final int VARIABLES_MAX = 40;

    private final Interpreter states;

    LimitsTest(Interpreter states) {
        this.states = states;
    }

    private static String text(int bytes) {
        return "\"" + "x".repeat(bytes - 2) + "\"";
    }

    @Test
    void inputOfExactly256Kib_isTaken() {
        Run run = states.start(machine("{A: {Type: 'Pass', Output: 1, End: true}}"), text(PAYLOAD_MAX));
        run.succeeded();
    }

    @Test
    void largerInput_isRefused() {
        String arn = states.create(machine("{A: {Type: 'Succeed'}}"));
        ObjectNode request = object("{}").put("stateMachineArn", arn).put("input", text(PAYLOAD_MAX + 1));
        assertTrue(List.of("ValidationException", "InvalidExecutionInput")
                .contains(states.refusal("StartExecution", request)));
        ObjectNode inBytes =
                object("{}").put("stateMachineArn", arn).put("input", "\"" + "é".repeat(PAYLOAD_MAX / 2) + "\"");
        assertTrue(List.of("ValidationException", "InvalidExecutionInput")
                .contains(states.refusal("StartExecution", inBytes)));
    }

    @Test
    void largerOutput_isAnError() {
        ObjectNode pass = object("{Type: 'Pass', End: true}")
                .put("Output", "{% $states.input & $states.input & $states.input %}");
        states.run(machine("{A: " + pass + "}"), text(100_000)).failed("States.DataLimitExceeded");
    }

    @Test
    void largerResultOfAFunction_isAnError() {
        states.functions().define("f", payload -> json(text(PAYLOAD_MAX + 1)));
        states.run(machine("{A: {Invoke: 'f', Output: 1, End: true}}"), "{}").failed("States.DataLimitExceeded");
    }

    @Test
    void largerArguments_areAnError() {
        states.functions().define("f", Functions.answering("1"));
        Run run = states.run(machine("""
                {A: {Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true, Arguments: {FunctionName: 'f',
                     Payload: '{% $states.input & $states.input & $states.input %}'}}}
                """), text(100_000));
        run.failed("States.DataLimitExceeded");
        assertEquals(List.of(), states.functions().calls("f"));
    }

    /** Developer guide, "Passing data between states with variables": one Assign, and all variables together. */
    @Test
    void variables_areBoundedEachTogetherAndInAll() {
        String half = "{% $states.input & $states.input %}";
        states.run(
                        machine("{A: {Type: 'Pass', End: true, Output: 1, Assign: {a: '" + half + "', b: 1}}}"),
                        text(70_000))
                .succeeded();
        states.run(
                        machine("{A: {Type: 'Pass', End: true, Output: 1, Assign: {a: '" + half + "', b: '" + half
                                + "'}}}"),
                        text(70_000))
                .failed("States.DataLimitExceeded");
    }

    @Test
    void allVariablesTogether_areBoundedToo() {
        StringBuilder chain = new StringBuilder();
        for (int index = 0; index < VARIABLES_MAX; index++) {
            chain.append("S%d: {Type: 'Pass', Assign: {v%d: '{%% $states.input %%}'}, Next: 'S%d'}, "
                    .formatted(index, index, index + 1));
        }
        String end = "S%d: {Type: 'Pass', Output: 1%s, End: true}";
        Run fits = states.start(machine("{" + chain + end.formatted(VARIABLES_MAX, "") + "}"), text(PAYLOAD_MAX));
        fits.succeeded();
        Run over = states.start(
                machine("{" + chain + end.formatted(VARIABLES_MAX, ", Assign: {more: 1}") + "}"), text(PAYLOAD_MAX));
        over.failed("States.DataLimitExceeded");
    }

    @Test
    void largerOutputOfAParallel_isAnError() {
        String branch = "{StartAt: '%s', States: {%s: {Type: 'Pass', End: true}}}";
        Run run = states.run(
                machine("{P: {Type: 'Parallel', End: true, Branches: [" + branch.formatted("A", "A") + ", "
                        + branch.formatted("B", "B") + ", " + branch.formatted("C", "C") + "]}}"),
                text(100_000));
        run.failed("States.DataLimitExceeded");
    }

    @Test
    void largerAnswerOfATask_isRefused() {
        states.functions().define("ask", Functions.answering("1"));
        Run run = states.start(machine("{A: {Park: 'ask', End: true}}"), "{}");
        String token = states.awaitToken("ask", 1);
        run.at("TaskSubmitted");
        String refusal = states.refusal(
                "SendTaskSuccess", object("{}").put("taskToken", token).put("output", text(PAYLOAD_MAX + 1)));
        assertTrue(List.of("ValidationException", "InvalidOutput").contains(refusal), refusal);
    }

    @Test
    void longerErrorAndCause_areRefused() {
        states.functions().define("ask", Functions.answering("1"));
        Run run = states.start(machine("{A: {Park: 'ask', End: true}}"), "{}");
        String token = states.awaitToken("ask", 1);
        for (String action : List.of("SendTaskFailure", "StopExecution")) {
            ObjectNode request = object("{}").put("taskToken", token).put("executionArn", run.arn());
            assertEquals(
                    "ValidationException",
                    states.refusal(action, request.deepCopy().put("error", "e".repeat(257))));
            assertEquals(
                    "ValidationException",
                    states.refusal(action, request.deepCopy().put("cause", "c".repeat(32_769))));
        }
        states.call(
                "SendTaskFailure",
                object("{}")
                        .put("taskToken", token)
                        .put("error", "e".repeat(256))
                        .put("cause", "c".repeat(32_768)));
        run.failed("e".repeat(256));
    }

    /** Quota: 25,000 events in an execution's history. */
    @Test
    void endlessLoop_endsAtTheHistorysQuota() {
        Run run = states.start(
                machine(
                        "{A: {Type: 'Pass', Next: 'B'}, B: {Type: 'Choice', Choices: [{Condition: false, Next: 'Z'}], Default: 'A'}, Z: {Type: 'Succeed'}}"),
                "{}");
        run.ended();
        run.failed("States.Runtime");
        ObjectNode request = object("{reverseOrder: true, maxResults: 1}").put("executionArn", run.arn());
        assertEquals(
                25_000,
                states.call("GetExecutionHistory", request)
                        .path("events")
                        .path(0)
                        .path("id")
                        .asInt());
    }
}

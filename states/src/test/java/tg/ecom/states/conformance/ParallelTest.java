package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tg.ecom.states.Scene.await;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.machine;
import static tg.ecom.states.conformance.Asl.object;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parallel: branches side by side, their outputs in order, the first error fails all. */
@WithInterpreter
class ParallelTest {
    private final Interpreter states;

    ParallelTest(Interpreter states) {
        this.states = states;
    }

    private static String branches(String one, String two, String fields) {
        return machine("""
                {P: {Type: 'Parallel', %s, Branches: [{StartAt: 'One', States: {%s}}, {StartAt: 'Two', States: {%s}}]}%s}
                """.formatted(fields, one, two, Asl.endZ(fields)));
    }

    @Test
    void output_isTheBranchesOutputsInTheirOrder() {
        states.functions().define("slow", payload -> {
            await("the other branch", () -> !states.functions().calls("quick").isEmpty());
            return json("1");
        });
        states.functions().define("quick", Functions.answering("2"));
        Run run = states.run(
                branches(
                        "One: {Invoke: 'slow', Output: 'slow', End: true}",
                        "Two: {Invoke: 'quick', Output: 'quick', End: true}",
                        "End: true"),
                "{}");
        assertEquals(json("['slow', 'quick']"), run.output());
    }

    @Test
    void everyBranch_getsTheInputOrTheArguments() {
        String one = "One: {Type: 'Pass', End: true}";
        String two = "Two: {Type: 'Succeed'}";
        assertEquals(
                json("[{x: 1}, {x: 1}]"),
                states.run(branches(one, two, "End: true"), "{x: 1}").output());
        assertEquals(
                json("[{y: 1}, {y: 1}]"),
                states.run(branches(one, two, "End: true, Arguments: {y: '{% $states.input.x %}'}"), "{x: 1}")
                        .output());
    }

    @Test
    void outputAndAssign_seeResultAndInput() {
        Run run = states.run(
                branches(
                        "One: {Type: 'Pass', Output: 1, End: true}",
                        "Two: {Type: 'Pass', Output: 2, End: true}",
                        "Next: 'Z', Output: {sum: '{% $sum($states.result) %}', x: '{% $states.input.x %}'}"),
                "{x: 5}");
        assertEquals(json("{sum: 3, x: 5}"), run.output());
    }

    @Test
    void branches_haveTheirOwnContext() {
        String state = "{Type: 'Pass', End: true, Output: '{% $states.context.State.Name %}'}";
        Run run = states.run(branches("One: " + state, "Two: " + state, "End: true"), "{}");
        assertEquals(json("['One', 'Two']"), run.output());
    }

    @Test
    void failureOfOne_failsAllAtOnce() {
        states.functions().define("ask", Functions.answering("1"));
        states.functions().define("f", payload -> {
            states.awaitToken("ask", 1);
            throw new Functions.Failure("E", "no");
        });
        states.functions().define("after", Functions.answering("1"));
        Run run = states.start(
                branches(
                        "One: {Park: 'ask', Next: 'After'}, After: {Invoke: 'after', End: true}",
                        "Two: {Invoke: 'f', End: true}",
                        "End: true"),
                "{}");
        String token = states.awaitToken("ask", 1);
        run.failed("E");
        assertEquals(
                "TaskTimedOut",
                states.refusal("SendTaskSuccess", object("{output: '1'}").put("taskToken", token)));
        assertEquals(List.of(), states.functions().calls("after"));
        assertEquals(1, run.events("ParallelStateFailed").size());
    }

    @Test
    void failureIsCaughtByTheParallel_andWaitsOfOthersEnd() {
        Run run = states.run(
                branches(
                        "One: {Type: 'Wait', Seconds: 1000, End: true}",
                        "Two: {Type: 'Fail', Error: 'E', Cause: 'c'}",
                        "End: true, Catch: [{ErrorEquals: ['E'], Next: 'Z'}]"),
                "{}");
        assertEquals(json("{Error: 'E', Cause: 'c'}"), run.output());
        states.advance(Duration.ofSeconds(1000));
        run.stays();
    }

    @Test
    void parallelIsRetriedAsAWhole() {
        states.functions().defineInTurn("f", Functions.failing("E"), Functions.answering("1"));
        states.functions().define("g", Functions.answering("1"));
        Run run = states.start(
                branches(
                        "One: {Invoke: 'f', Output: 1, End: true}",
                        "Two: {Invoke: 'g', Output: 2, End: true}",
                        "End: true, Retry: [{ErrorEquals: ['E']}]"),
                "{}");
        run.reached("TaskStateAborted", 1);
        states.advance(Duration.ofSeconds(1));
        assertEquals(json("[1, 2]"), run.output());
    }

    @Test
    void errorInABranch_isCaughtThere() {
        states.functions().define("f", Functions.failing("E"));
        Run run = states.run(
                branches(
                        "One: {Invoke: 'f', End: true, Catch: [{ErrorEquals: ['E'], Next: 'Saved', Output: 'saved'}]}, Saved: {Type: 'Pass', End: true}",
                        "Two: {Type: 'Pass', Output: 2, End: true}",
                        "End: true"),
                "{}");
        assertEquals(json("['saved', 2]"), run.output());
    }

    @Test
    void succeedInABranch_endsTheBranchOnly() {
        Run run = states.run(
                branches("One: {Type: 'Succeed', Output: 1}", "Two: {Type: 'Pass', Output: 2, End: true}", "Next: 'Z'"),
                "{}");
        assertEquals(json("[1, 2]"), run.output());
        assertEquals("Z", run.entered().getLast());
    }

    @Test
    void branchesOfBranches_work() {
        Run run = states.run(machine("""
                {P: {Type: 'Parallel', End: true, Branches: [{StartAt: 'Q', States: {
                    Q: {Type: 'Parallel', End: true, Branches: [
                        {StartAt: 'A', States: {A: {Type: 'Pass', Output: 1, End: true}}},
                        {StartAt: 'B', States: {B: {Type: 'Pass', Output: 2, End: true}}}]}}}]}}
                """), "{}");
        assertEquals(json("[[1, 2]]"), run.output());
    }

    @Test
    void parallelGoesOn_afterARestart() {
        states.functions().define("f", Functions.answering("1"));
        Run run = states.start(
                branches(
                        "One: {Invoke: 'f', Output: 'one', End: true}",
                        "Two: {Type: 'Wait', Seconds: 5, Output: 'two', End: true}",
                        "End: true"),
                "{}");
        run.reached("TaskStateExited", 1).reached("WaitStateEntered", 1);
        states.restart();
        states.advance(Duration.ofSeconds(5));
        assertEquals(json("['one', 'two']"), run.output());
        assertEquals(1, states.functions().calls("f").size());
    }
}

package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tg.ecom.states.conformance.Asl.machine;
import static tg.ecom.states.conformance.Asl.object;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the history tells of branches and iterations, above all of those that fail: types, places and who follows whom.
 */
@WithInterpreter
class BranchHistoryTest {
    private static final String PARALLEL =
            "{P: {Type: 'Parallel', End: true, MORE Branches: [{StartAt: 'A', States: {A: STATE}}]}, Z: {Type: 'Succeed'}}";

    private final Interpreter states;

    BranchHistoryTest(Interpreter states) {
        this.states = states;
    }

    private static String parallel(String more, String state) {
        String caught = PARALLEL.replace("MORE", more).replace("STATE", state);
        return machine(more.contains("'Z'") ? caught : caught.replace(", Z: {Type: 'Succeed'}", ""));
    }

    /** Events from an id on, each as {@code type<previous}. */
    private static List<String> from(int id, Run run) {
        return run.history().stream()
                .filter(event -> event.path("id").asInt() >= id)
                .map(event -> event.path("type").asText() + "<"
                        + event.path("previousEventId").asInt())
                .toList();
    }

    @Test
    void iterationsThatFollowOneAnother_goOnWhereTheLastOneWas() {
        Run run = states.run(machine("""
                {M: {Type: 'Map', MaxConcurrency: 1, End: true,
                     ItemProcessor: {StartAt: 'A', States: {A: {Type: 'Pass', End: true}}}}}
                """), "[1, 2]").succeeded();
        assertEquals(
                List.of(
                        "MapIterationStarted<3",
                        "PassStateEntered<4",
                        "PassStateExited<5",
                        "MapIterationSucceeded<6",
                        "MapIterationStarted<6",
                        "PassStateEntered<8",
                        "PassStateExited<9",
                        "MapIterationSucceeded<10",
                        "MapStateSucceeded<11",
                        "MapStateExited<11",
                        "ExecutionSucceeded<13"),
                from(4, run));
    }

    @Test
    void failedIteration_abortsTheOthers() {
        states.functions().define("ask", Functions.answering("1"));
        Run run = states.start(machine("""
                {M: {Type: 'Map', End: true, ItemProcessor: {StartAt: 'A', States: {A: {Park: 'ask', End: true}}}}}
                """), "[0, 1]");
        run.reached("TaskSubmitted", 2);
        String token = states.functions().calls("ask").stream()
                .filter(call -> call.payload().path("input").asInt() == 0)
                .findFirst()
                .orElseThrow()
                .payload()
                .path("token")
                .asText();
        states.call("SendTaskFailure", object("{}").put("taskToken", token).put("error", "E"));
        run.failed("E");
        int failed = run.events("TaskFailed").getFirst().path("id").asInt();
        assertEquals(
                List.of(
                        "MapIterationFailed<" + failed,
                        "TaskStateAborted<" + failed,
                        "MapIterationAborted<" + failed,
                        "TaskStateAborted<" + failed,
                        "MapStateFailed<" + failed,
                        "ExecutionFailed<" + (failed + 5)),
                from(failed + 1, run));
        assertEquals(
                object("{name: 'M', index: 1}"),
                run.events("MapIterationAborted").getFirst().path("mapIterationAbortedEventDetails"));
    }

    @Test
    void failureThatIsCaught_isTheParallelsToo() {
        states.functions().define("f", Functions.failing("E"));
        Run run = states.run(parallel("Catch: [{ErrorEquals: ['E'], Next: 'Z'}],", "{Invoke: 'f', End: true}"), "{}")
                .succeeded();
        assertEquals(
                List.of(
                        "TaskStateEntered<3",
                        "TaskScheduled<4",
                        "TaskStarted<5",
                        "TaskFailed<6",
                        "TaskStateAborted<7",
                        "ParallelStateFailed<7",
                        "ParallelStateExited<9",
                        "SucceedStateEntered<10",
                        "SucceedStateExited<11",
                        "ExecutionSucceeded<12"),
                from(4, run));
    }

    @Test
    void failureThatIsRetried_isNotYetTheParallels() {
        Run run = states.start(
                parallel("Retry: [{ErrorEquals: ['E'], MaxAttempts: 1}],", "{Type: 'Fail', Error: 'E'}"), "{}");
        run.reached("FailStateEntered", 1);
        states.advance(Duration.ofSeconds(1));
        run.failed("E");
        assertEquals(
                List.of(
                        "ParallelStateStarted<2",
                        "FailStateEntered<3",
                        "ParallelStateStarted<4",
                        "FailStateEntered<5",
                        "ParallelStateFailed<6",
                        "ExecutionFailed<7"),
                from(3, run));
    }

    /** A state that was not entered yet is not aborted, and there is no such event of a Pass. */
    @Test
    void branchThatHasNotBegun_leavesNoTrace() {
        Run run = states.run(machine("""
                {P: {Type: 'Parallel', End: true, Branches: [
                    {StartAt: 'F', States: {F: {Type: 'Fail', Error: 'E'}}},
                    {StartAt: 'A', States: {A: {Type: 'Pass', End: true}}}]}}
                """), "{}").failed("E");
        assertEquals(List.of("FailStateEntered<3", "ParallelStateFailed<4", "ExecutionFailed<5"), from(4, run));
    }
}

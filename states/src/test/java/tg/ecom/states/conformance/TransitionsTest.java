package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tg.ecom.states.Scene.await;
import static tg.ecom.states.conformance.Asl.machine;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Step Functions bills: the start, each state that is executed, and each retry. */
@WithInterpreter
class TransitionsTest {
    private final Interpreter states;

    TransitionsTest(Interpreter states) {
        this.states = states;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            2 | {A: {Type: 'Pass', End: true}}
            4 | {A: {Type: 'Pass', Next: 'B'}, B: {Type: 'Choice', Choices: [{Condition: '{% true %}', Next: 'C'}]}, \
            C: {Type: 'Succeed'}}
            2 | {A: {Type: 'Fail', Error: 'E'}}
            4 | {P: {Type: 'Parallel', End: true, Branches: [{StartAt: 'A', States: {A: {Type: 'Succeed'}}}, \
            {StartAt: 'B', States: {B: {Type: 'Succeed'}}}]}}
            5 | {M: {Type: 'Map', End: true, Items: [1, 2, 3], \
            ItemProcessor: {StartAt: 'A', States: {A: {Type: 'Succeed'}}}}}
            """)
    void startAndEachStateThatIsExecuted_areOneEach(int transitions, String definition) {
        String machine = states.create(machine(definition));
        states.startOf(machine, "{}").ended();
        told(machine, transitions);
    }

    @Test
    void eachRetry_isOne() {
        states.functions().defineInTurn("f", Functions.failing("E"), Functions.failing("E"), Functions.answering("1"));
        String machine =
                states.create(machine("{A: {Invoke: 'f', End: true, Retry: [{ErrorEquals: ['E'], BackoffRate: 1}]}}"));
        Run run = states.startOf(machine, "{}").reached("TaskFailed", 1);
        states.advance(Duration.ofSeconds(1));
        run.reached("TaskFailed", 2);
        told(machine, 3);
        states.advance(Duration.ofSeconds(1));
        run.succeeded();
        told(machine, 4);
    }

    @Test
    void retryOfBranches_isOneBesideTheirStates() {
        states.functions().defineInTurn("f", Functions.failing("E"), Functions.answering("1"));
        String machine = states.create(machine("""
                {P: {Type: 'Parallel', End: true, Retry: [{ErrorEquals: ['E']}],
                     Branches: [{StartAt: 'A', States: {A: {Invoke: 'f', End: true}}}]}}
                """));
        Run run = states.startOf(machine, "{}").reached("TaskFailed", 1);
        states.advance(Duration.ofSeconds(1));
        run.succeeded();
        told(machine, 5);
    }

    @Test
    void whatWasToldOf_isNotToldAgainAfterARestart() {
        states.functions().define("f", payload -> payload);
        String machine = states.create(
                machine("{A: {Park: 'f', TimeoutSeconds: 60, Next: 'B', Catch: [{ErrorEquals: ['States.ALL'],"
                        + " Next: 'B'}]}, B: {Type: 'Succeed'}}"));
        Run run = states.startOf(machine, "{}");
        states.awaitToken("f", 1);
        told(machine, 2);
        states.restart();
        states.advance(Duration.ofSeconds(60));
        run.succeeded();
        told(machine, 3);
    }

    /** It is told just after it is kept, so just after it can be seen. */
    private void told(String machine, int transitions) {
        await("transitions are told of", () -> states.transitions(machine) >= transitions);
        assertEquals(transitions, states.transitions(machine));
    }
}

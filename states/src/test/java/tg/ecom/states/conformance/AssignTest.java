package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Variables: Step Functions guide, "Passing data between states with variables". */
@WithInterpreter
class AssignTest {
    private final Interpreter states;

    AssignTest(Interpreter states) {
        this.states = states;
    }

    @Test
    void variable_isThereInEveryLaterState() {
        Run run = states.run(machine("""
                {A: {Type: 'Pass', Assign: {x: '{% $states.input.n %}', fixed: {deep: [1]}}, Next: 'B'},
                 B: {Type: 'Pass', Output: {}, Next: 'C'},
                 C: {Type: 'Pass', End: true, Output: {x: '{% $x %}', fixed: '{% $fixed %}'}}}
                """), "{n: 4}");
        assertEquals(json("{x: 4, fixed: {deep: [1]}}"), run.output());
    }

    /** All expressions of a state see the values from before it: "Evaluation order in an assign field". */
    @Test
    void assign_readsTheValuesFromBeforeTheState() {
        Run run = states.run(machine("""
                {A: {Type: 'Pass', Assign: {x: 3, a: 6}, Next: 'B'},
                 B: {Type: 'Pass', Assign: {x: '{% $a %}', nextX: '{% $x %}'}, Output: {x: '{% $x %}'}, Next: 'C'},
                 C: {Type: 'Pass', End: true,
                     Output: {x: '{% $x %}', nextX: '{% $nextX %}', before: '{% $states.input.x %}'}}}
                """), "{}");
        assertEquals(json("{x: 6, nextX: 3, before: 3}"), run.output());
    }

    @Test
    void assignOfATask_seesItsResult() {
        states.functions().define("f", Functions.answering("{paid: true}"));
        Run run = states.run(machine("""
                {A: {Invoke: 'f', Assign: {paid: '{% $states.result.Payload.paid %}'}, Output: {}, Next: 'B'},
                 B: {Type: 'Pass', End: true, Output: '{% $paid %}'}}
                """), "{}");
        assertEquals(json("true"), run.output());
    }

    @Test
    void branchesReadVariablesFromOutsideAndKeepTheirOwn() {
        Run run = states.run(machine("""
                {A: {Type: 'Pass', Assign: {outer: 'o'}, Next: 'P'},
                 P: {Type: 'Parallel', Next: 'Z', Branches: [
                    {StartAt: 'L', States: {
                        L: {Type: 'Pass', Assign: {own: 'left'}, Next: 'L2'},
                        L2: {Type: 'Pass', End: true, Output: '{% $outer & $own %}'}}},
                    {StartAt: 'R', States: {
                        R: {Type: 'Pass', Assign: {own: 'right'}, Next: 'R2'},
                        R2: {Type: 'Pass', End: true, Output: '{% $outer & $own %}'}}}]},
                 Z: {Type: 'Pass', End: true,
                     Output: {branches: '{% $states.input %}', gone: '{% $exists($own) %}'}}}
                """), "{}");
        assertEquals(json("{branches: ['oleft', 'oright'], gone: false}"), run.output());
    }

    @Test
    void variableOfParallel_isAssignedFromItsResult() {
        Run run = states.run(machine("""
                {P: {Type: 'Parallel', Assign: {first: '{% $states.result[0] %}'}, Output: {}, Next: 'Z', Branches: [
                    {StartAt: 'L', States: {L: {Type: 'Pass', End: true, Output: 1}}},
                    {StartAt: 'R', States: {R: {Type: 'Pass', End: true, Output: 2}}}]},
                 Z: {Type: 'Pass', End: true, Output: '{% $first %}'}}
                """), "{}");
        assertEquals(json("1"), run.output());
    }

    @Test
    void unknownVariable_isAnError() {
        Run run = states.run(machine("{A: {Type: 'Pass', End: true, Output: '{% $never %}'}}"), "{}");
        run.failed("States.QueryEvaluationError");
    }

    @Test
    void statesIsReserved() {
        assertEquals(
                "InvalidDefinition",
                states.refusal(
                        "CreateStateMachine",
                        Interpreter.creation(
                                Interpreter.name(), machine("{A: {Type: 'Pass', Assign: {states: 1}, End: true}}"))));
    }

    @Test
    void exitedEvent_tellsWhatWasAssigned() {
        Run run = states.run(machine("{A: {Type: 'Pass', Assign: {x: {y: 1}}, End: true}}"), "{}")
                .succeeded();
        JsonNode exited = run.events("PassStateExited").getFirst().path("stateExitedEventDetails");
        assertEquals(
                json("{y: 1}"), json(exited.path("assignedVariables").path("x").asText()));
        assertFalse(exited.path("assignedVariablesDetails").path("truncated").asBoolean(true));
    }

    @Test
    void variablesAreThereAfterARestart() {
        Run run = states.start(machine("""
                {A: {Type: 'Pass', Assign: {x: 5}, Next: 'W'},
                 W: {Type: 'Wait', Seconds: 1, Next: 'B'},
                 B: {Type: 'Pass', End: true, Output: '{% $x %}'}}
                """), "{}").at("WaitStateEntered");
        states.restart();
        states.advance(Duration.ofSeconds(1));
        assertEquals(json("5"), run.output());
    }
}

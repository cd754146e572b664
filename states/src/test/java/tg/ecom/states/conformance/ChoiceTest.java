package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.machine;
import static tg.ecom.states.conformance.Asl.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Choice: the first Condition that is true, else Default. */
@WithInterpreter
class ChoiceTest {
    private final Interpreter states;

    ChoiceTest(Interpreter states) {
        this.states = states;
    }

    private static String choice(String fields) {
        return machine("{C: {Type: 'Choice', " + fields
                + "}, One: {Type: 'Pass', End: true}, Two: {Type: 'Pass', End: true}}");
    }

    @Test
    void firstConditionThatIsTrue_decides() {
        String definition = choice("""
                Choices: [
                    {Condition: '{% $states.input.n > 10 %}', Next: 'One'},
                    {Condition: '{% $states.input.n > 5 %}', Next: 'Two'}], Default: 'One'
                """);
        assertEquals(List.of("C", "One"), states.run(definition, "{n: 11}").entered());
        assertEquals(List.of("C", "Two"), states.run(definition, "{n: 6}").entered());
        assertEquals(List.of("C", "One"), states.run(definition, "{n: 1}").entered());
    }

    @Test
    void literalTrue_isACondition() {
        Run run = states.run(choice("Choices: [{Condition: true, Next: 'One'}], Default: 'Two'"), "{}");
        assertEquals(List.of("C", "One"), run.entered());
    }

    @Test
    void withoutMatchAndDefault_theExecutionFails() {
        Run run = states.run(
                machine(
                        "{C: {Type: 'Choice', Choices: [{Condition: '{% false %}', Next: 'One'}]}, One: {Type: 'Pass', End: true}}"),
                "{}");
        run.failed("States.NoChoiceMatched");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"true\"", "null", "$states.input.missing", "[true]", "{}"})
    void conditionThatIsNoBoolean_isAnError(String expression) {
        ObjectNode rule = object("{Next: 'One'}").put("Condition", "{% " + expression + " %}");
        Run run = states.run(choice("Choices: [" + rule + "], Default: 'Two'"), "{}");
        run.failed("States.QueryEvaluationError");
    }

    @Test
    void outputOfTheRule_isApplied() {
        Run run = states.run(choice("""
                Choices: [{Condition: '{% true %}', Next: 'One', Output: {of: 'rule', x: '{% $states.input.x %}'}},
                    {Condition: '{% false %}', Next: 'Two'}],
                Output: {of: 'state'}
                """), "{x: 1}");
        assertEquals(json("{of: 'rule', x: 1}"), run.output());
    }

    @Test
    void outputOfTheState_isAppliedOnTheDefaultPath() {
        Run run = states.run(choice("""
                Choices: [{Condition: '{% false %}', Next: 'One', Output: {of: 'rule'}}],
                Default: 'Two', Output: {of: 'state', x: '{% $states.input.x %}'}
                """), "{x: 1}");
        assertEquals(List.of("C", "Two"), run.entered());
        assertEquals(json("{of: 'state', x: 1}"), run.output());
    }

    @Test
    void assignIsOfThePathThatIsTaken() {
        String definition = machine("""
                {C: {Type: 'Choice',
                     Choices: [{Condition: '{% $states.input.yes %}', Next: 'Tell', Assign: {of: 'rule'}}],
                     Default: 'Tell', Assign: {of: 'state'}},
                 Tell: {Type: 'Pass', End: true, Output: '{% $of %}'}}
                """);
        assertEquals(json("'rule'"), states.run(definition, "{yes: true}").output());
        assertEquals(json("'state'"), states.run(definition, "{yes: false}").output());
    }

    @Test
    void withoutOutput_theInputGoesOn() {
        Run run = states.run(choice("Choices: [{Condition: '{% true %}', Next: 'One'}], Default: 'Two'"), "{x: 1}");
        assertEquals(json("{x: 1}"), run.output());
    }

    @Test
    void choiceMayLeadBack() {
        Run run = states.run(machine("{StartAt: 'Begin'}", """
                {Begin: {Type: 'Pass', Assign: {n: 0}, Next: 'C'},
                 C: {Type: 'Choice', Choices: [{Condition: '{% $n >= 3 %}', Next: 'Done', Output: '{% $n %}'}],
                     Default: 'Add'},
                 Add: {Type: 'Pass', Assign: {n: '{% $n + 1 %}'}, Next: 'C'},
                 Done: {Type: 'Succeed'}}
                """), "{}");
        assertEquals(json("3"), run.output());
    }
}

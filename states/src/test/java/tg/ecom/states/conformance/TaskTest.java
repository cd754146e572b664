package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Task: lambda:invoke as the guide's "Invoke an AWS Lambda function with Step Functions" has it. */
@WithInterpreter
class TaskTest {
    private final Interpreter states;

    TaskTest(Interpreter states) {
        this.states = states;
    }

    @Test
    void outputWithoutOutputField_isTheWholeResultOfTheCall() {
        states.functions().define("f", payload -> json("{got: " + payload + "}"));
        JsonNode output =
                states.run(machine("{A: {Invoke: 'f', End: true}}"), "{x: 1}").output();
        assertEquals(json("{got: {x: 1}}"), output.path("Payload"));
        assertEquals(200, output.path("StatusCode").asInt());
        assertEquals("$LATEST", output.path("ExecutedVersion").asText());
    }

    @Test
    void outputAndAssign_seeResultInputAndContext() {
        states.functions().define("f", Functions.answering("{paid: 5}"));
        Run run = states.run(machine("""
                {A: {Invoke: 'f', End: true, Output: {
                    paid: '{% $states.result.Payload.paid %}', x: '{% $states.input.x %}',
                    name: '{% $states.context.State.Name %}'}}}
                """), "{x: 1}");
        assertEquals(json("{paid: 5, x: 1, name: 'A'}"), run.output());
    }

    @Test
    void functionIsNamedByNameArnOrExpression() {
        states.functions().define("f", Functions.answering("1"));
        String arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
        for (String name : List.of("f", arn, "{% $states.input.name %}")) {
            states.run(machine("{A: {Invoke: '" + name + "', End: true, Output: 1}}"), "{name: '" + arn + "'}")
                    .succeeded();
        }
        assertEquals(
                List.of("f", arn, arn),
                states.functions().calls("f").stream()
                        .map(Functions.Call::function)
                        .toList());
    }

    @Test
    void functionWithoutPayload_getsAnEmptyObject() {
        states.functions().define("f", payload -> payload);
        Run run = states.run(machine("""
                {A: {Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: {FunctionName: 'f'},
                    Output: '{% $states.result.Payload %}', End: true}}
                """), "{x: 1}");
        assertEquals(json("{}"), run.output());
    }

    /** The older form: the resource is the function itself, and its answer the result. */
    @Test
    void functionAsResource_getsTheArgumentsAndItsAnswerIsTheResult() {
        states.functions().define("f", payload -> payload);
        Run run = states.run(machine("""
                {A: {Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:000000000000:function:f',
                    Arguments: {y: '{% $states.input.x %}'}, End: true}}
                """), "{x: 1}");
        assertEquals(json("{y: 1}"), run.output());
    }

    @Test
    void argumentsThatFail_areAnErrorThatTheStateCatches() {
        Run run = states.run(machine("""
                {A: {Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true,
                    Arguments: {FunctionName: 'f', Payload: '{% $states.input.missing %}'},
                    Catch: [{ErrorEquals: ['States.QueryEvaluationError'], Next: 'Z'}]},
                 Z: {Type: 'Pass', End: true}}
                """), "{}");
        assertEquals(List.of("A", "Z"), run.succeeded().entered());
        assertEquals(List.of(), states.functions().calls("f"));
    }

    @Test
    void outputThatFails_isAnErrorThatTheStateCatches() {
        states.functions().define("f", Functions.answering("1"));
        Run run = states.run(machine("""
                {A: {Invoke: 'f', End: true, Output: '{% $states.result.missing %}',
                    Catch: [{ErrorEquals: ['States.ALL'], Next: 'Z'}]},
                 Z: {Type: 'Pass', End: true}}
                """), "{}");
        assertEquals("States.QueryEvaluationError", run.output().path("Error").asText());
    }

    @Test
    void finishedState_isNotRunAgainAfterARestart() {
        states.functions().define("f", Functions.answering("1"));
        states.functions().define("g", Functions.answering("2"));
        Run run = states.start(machine("""
                {A: {Invoke: 'f', Output: {}, Next: 'W'},
                 W: {Type: 'Wait', Seconds: 5, Next: 'B'},
                 B: {Invoke: 'g', Output: 'done', End: true}}
                """), "{}").at("WaitStateEntered");
        states.restart();
        states.advance(Duration.ofSeconds(5));
        assertEquals(json("'done'"), run.output());
        assertEquals(1, states.functions().calls("f").size());
        assertEquals(1, states.functions().calls("g").size());
    }
}

package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.machine;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names errors have, and what matches them: Step Functions guide, "Error names". */
@WithInterpreter
class ErrorsByNameTest {
    private final Interpreter states;

    ErrorsByNameTest(Interpreter states) {
        this.states = states;
    }

    private Run caughtBy(String name) {
        return states.run(machine("""
                {A: {Invoke: 'f', End: true, Catch: [{ErrorEquals: ['%s'], Next: 'Z'}]}, Z: {Type: 'Pass', End: true}}
                """.formatted(name)), "{}");
    }

    private void refusedWith(String error) {
        states.functions().define("f", payload -> {
            throw new tg.ecom.states.LambdaFault(error, "refused");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Refused", "com.example.RefusedException", "Sandbox.Timedout", "Runtime.ExitError"})
    void errorTypeOfAFunction_isTheErrorsName(String type) {
        states.functions().define("f", Functions.failing(type));
        assertEquals(type, caughtBy(type).output().path("Error").asText());
        assertEquals(type, caughtBy("States.TaskFailed").output().path("Error").asText());
        assertEquals(type, caughtBy("States.ALL").output().path("Error").asText());
        caughtBy("Refuse").failed(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Lambda.ResourceNotFoundException",
                "Lambda.TooManyRequestsException",
                "Lambda.ServiceException",
                "Lambda.SdkClientException"
            })
    void refusalsOfLambda_haveTheirNames(String error) {
        refusedWith(error);
        assertEquals(error, caughtBy(error).output().path("Error").asText());
        assertEquals(error, caughtBy("States.TaskFailed").output().path("Error").asText());
        caughtBy("Refused").failed(error);
    }

    @Test
    void unknownFunction_isNotFound() {
        states.run(machine("{A: {Invoke: 'nobody', End: true}}"), "{}").failed("Lambda.ResourceNotFoundException");
    }

    /** "This is a terminal error that can't be caught by the States.ALL error type." */
    @Test
    void allDoesNotCatch_runtimeAndDataLimitExceeded() {
        states.functions().define("f", payload -> json("'" + "x".repeat(262_145) + "'"));
        caughtBy("States.ALL").failed("States.DataLimitExceeded");
        states.functions().define("f", Functions.failing("States.Runtime"));
        caughtBy("States.ALL").failed("States.Runtime");
    }

    @Test
    void allDoesNotRetry_runtimeAndDataLimitExceeded() {
        states.functions().define("f", payload -> json("'" + "x".repeat(262_145) + "'"));
        states.run(machine("{A: {Invoke: 'f', End: true, Retry: [{ErrorEquals: ['States.ALL']}]}}"), "{}")
                .failed("States.DataLimitExceeded");
        assertEquals(1, states.functions().calls("f").size());
    }

    @Test
    void queryEvaluationError_isCaughtByNameAndByAll() {
        for (String name : List.of("States.QueryEvaluationError", "States.ALL")) {
            Run run = states.run(machine("""
                    {A: {Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true,
                        Arguments: {FunctionName: 'f', Payload: '{%% $number("x") %%}'},
                        Catch: [{ErrorEquals: ['%s'], Next: 'Z'}]}, Z: {Type: 'Pass', End: true}}
                    """.formatted(name)), "{}");
            assertEquals(
                    "States.QueryEvaluationError", run.output().path("Error").asText());
        }
    }

    @Test
    void failedBranch_isCaughtByItsOwnName() {
        Run run = states.run(machine("""
                {P: {Type: 'Parallel', End: true, Catch: [{ErrorEquals: ['Mine'], Next: 'Z'}],
                     Branches: [{StartAt: 'F', States: {F: {Type: 'Fail', Error: 'Mine', Cause: 'c'}}}]},
                 Z: {Type: 'Pass', End: true}}
                """), "{}");
        assertEquals(json("{Error: 'Mine', Cause: 'c'}"), run.output());
    }
}

package tg.ecom.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import tg.ecom.states.engine.Engine;

/** The actions by which the holder of a task token tells what came of the task. */
final class TaskActions {
    private final Engine engine;

    TaskActions(Engine engine) {
        this.engine = engine;
    }

    ObjectNode succeed(Input input) {
        String token = input.text("taskToken");
        JsonNode output = ExecutionActions.data(input.text("output"), "InvalidOutput", "Invalid Output");
        return answer(engine.tokenSucceeded(execution(token), token, output));
    }

    ObjectNode fail(Input input) {
        String token = input.text("taskToken");
        return answer(engine.tokenFailed(execution(token), token, input.error(), input.cause()));
    }

    ObjectNode heartbeat(Input input) {
        String token = input.text("taskToken");
        return answer(engine.tokenAlive(execution(token), token));
    }

    private long execution(String token) {
        return engine.executionOf(token)
                .orElseThrow(() -> new StepFunctionsException("InvalidToken", "Invalid Token: 'Invalid token'"));
    }

    private static ObjectNode answer(boolean effective) {
        if (!effective) {
            throw new StepFunctionsException("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
        }
        return Answers.object();
    }
}

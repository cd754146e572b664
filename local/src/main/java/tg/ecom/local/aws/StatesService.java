package tg.ecom.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Supplier;
import tg.ecom.states.StepFunctions;
import tg.ecom.states.StepFunctionsException;

/** Step Functions' API: each action is one of the interpreter's. */
public final class StatesService extends JsonProtocol {
    private final Supplier<StepFunctions> interpreter;

    /** Over an interpreter that may start later: whoever asks before waits. */
    public StatesService(Supplier<StepFunctions> interpreter) {
        super("states", "ValidationException", Version.JSON_1_0);
        this.interpreter = interpreter;
    }

    @Override
    Optional<Operation> operation(String name) {
        return Optional.of(input -> call(name, input.members()));
    }

    private JsonNode call(String action, JsonNode input) {
        try {
            return interpreter.get().call(action, input);
        } catch (StepFunctionsException refused) {
            throw new AwsFault(refused.type(), refused.getMessage());
        }
    }
}

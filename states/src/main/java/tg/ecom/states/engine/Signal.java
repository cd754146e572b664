package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** News for an execution. What comes too late has no effect. */
sealed interface Signal {
    /** It has not entered its first state yet, or a time has come for which it waits. */
    record Wake() implements Signal {}

    /** A call has answered. */
    record Answered(int scope, int attempt, JsonNode result) implements Signal {}

    /** A call has failed. */
    record CallFailed(int scope, int attempt, String error, String cause) implements Signal {}

    /** What a call started has ended well; {@code output} is the Task's result. */
    record Finished(int scope, int attempt, JsonNode output) implements Signal {}

    /** Somebody sent a token back with what came of the task. */
    record TokenSucceeded(String token, JsonNode output) implements Signal {}

    /** Somebody sent a token back with an error. */
    record TokenFailed(String token, Optional<String> error, Optional<String> cause) implements Signal {}

    /** Somebody says that the task of a token is alive. */
    record TokenAlive(String token) implements Signal {}

    /** Somebody ends the execution. */
    record Stop(Optional<String> error, Optional<String> cause) implements Signal {}
}

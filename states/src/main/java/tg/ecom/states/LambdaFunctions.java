package tg.ecom.states;

import java.util.Optional;

/** The functions that {@code lambda:invoke} calls. Implementations bear calls from many threads. */
@FunctionalInterface
public interface LambdaFunctions {
    /**
     * Invokes a function and waits for its answer.
     *
     * @param function a name or an ARN, with or without a version or alias
     * @param payload JSON in UTF-8
     * @throws LambdaFault when the service refuses the call
     */
    Answer invoke(String function, byte[] payload) throws LambdaFault;

    /**
     * What a function answered.
     *
     * @param payload its answer, or its error {@code {"errorType", "errorMessage"}}, as JSON in UTF-8
     * @param functionError {@code Handled} or {@code Unhandled} when the function failed
     * @param executedVersion the version that ran, such as {@code $LATEST}
     */
    record Answer(byte[] payload, Optional<String> functionError, String executedVersion) {}
}

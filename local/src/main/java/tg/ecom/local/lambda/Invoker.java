package tg.ecom.local.lambda;

import java.util.Optional;

/** Calls functions of the one-machine cloud, as the Invoke API does. */
public interface Invoker {
    /**
     * Invokes synchronously.
     *
     * @param function a function's name or ARN, with or without {@code :live}
     * @param payload JSON in UTF-8
     * @throws UnknownFunctionException when no template has such a function
     */
    Result invoke(String function, byte[] payload);

    /** Queues an asynchronous invocation, retried twice on a function's error as Lambda does. */
    void invokeEvent(String function, byte[] payload);

    /**
     * What came of a synchronous invocation.
     *
     * @param payload what the function answered, or its error as JSON
     * @param functionError {@code Unhandled} when the function failed
     */
    record Result(byte[] payload, Optional<String> functionError) {}
}

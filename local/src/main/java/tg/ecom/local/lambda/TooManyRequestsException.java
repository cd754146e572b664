package tg.ecom.local.lambda;

/** More invocations than the function's concurrency, or the queue of asynchronous ones, can take. */
public final class TooManyRequestsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the function. */
    public TooManyRequestsException(String function) {
        super("Rate Exceeded: " + function);
    }
}

package tg.ecom.local.lambda;

/** No template defines the function that was asked for. */
public final class UnknownFunctionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the function as the caller did. */
    public UnknownFunctionException(String function) {
        super("Function not found: " + function);
    }
}

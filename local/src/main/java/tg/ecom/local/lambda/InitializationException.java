package tg.ecom.local.lambda;

/** A handler couldn't be made; the cause is what its class or constructor threw. */
final class InitializationException extends Exception {
    private static final long serialVersionUID = 1L;

    InitializationException(Throwable cause) {
        super(cause);
    }
}

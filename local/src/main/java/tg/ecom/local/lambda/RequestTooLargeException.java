package tg.ecom.local.lambda;

/** An event beyond Lambda's limit: 6 MB for synchronous invocations, 1 MB for asynchronous ones. */
public final class RequestTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says so as Lambda does. */
    public RequestTooLargeException(int maxBytes) {
        super("Request must be smaller than " + maxBytes + " bytes for the InvokeFunction operation");
    }
}

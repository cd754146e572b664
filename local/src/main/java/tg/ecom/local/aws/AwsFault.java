package tg.ecom.local.aws;

/** A request that a service refuses, with the error code that AWS documents for it. */
final class AwsFault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** What a client is told of a failure of the service itself; the reason is for the log alone. */
    static final String INTERNAL = "The service failed; its log says why.";

    private static final int BAD_REQUEST = 400;

    private final String code;
    private final int status;

    AwsFault(String code, String message) {
        this(BAD_REQUEST, code, message);
    }

    AwsFault(int status, String code, String message) {
        super(message);
        this.code = code;
        this.status = status;
    }

    /** The error's name, such as {@code ResourceNotFoundException}. */
    String code() {
        return code;
    }

    /** The HTTP status that goes with it. */
    int status() {
        return status;
    }
}

package tg.ecom.states;

/** An action was refused, with the error type that the API reference gives. */
public final class StepFunctionsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;

    /** Of a type such as {@code ExecutionDoesNotExist}, and what is wrong. */
    public StepFunctionsException(String type, String message) {
        super(message);
        this.type = type;
    }

    /** The error type, which the protocol carries as {@code __type}. */
    public String type() {
        return type;
    }
}

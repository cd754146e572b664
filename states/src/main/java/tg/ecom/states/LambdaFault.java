package tg.ecom.states;

/** Lambda did not run a function: there is none of the name, or too many run. */
public final class LambdaFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final String error;

    /**
     * The service's refusal.
     *
     * @param error as a state machine names it, such as {@code Lambda.ResourceNotFoundException}
     * @param message what the service said
     */
    public LambdaFault(String error, String message) {
        super(message);
        this.error = error;
    }

    /** The error's name, to which Retry and Catch are held. */
    public String error() {
        return error;
    }
}

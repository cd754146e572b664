package tg.ecom.states.engine;

/** A state has failed, by an error that may be tried again or caught. */
final class StateFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final String error;

    /** With the error's name and its cause. */
    StateFault(String error, String cause) {
        super(cause);
        this.error = error;
    }

    String error() {
        return error;
    }

    String cause() {
        return getMessage();
    }
}

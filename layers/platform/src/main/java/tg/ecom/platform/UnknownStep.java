package tg.ecom.platform;

/**
 * A machine asks for a step, or for a version of one, that this code does not have. To try again is in vain; a
 * machine's Retry knows it by this class's full name.
 */
public final class UnknownStep extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownStep(String step) {
        super(step);
    }
}

package tg.ecom.soak;

/** What keeps a run from going on; its message is a sentence for a person. */
public final class SoakFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SoakFailure(String message) {
        super(message);
    }
}

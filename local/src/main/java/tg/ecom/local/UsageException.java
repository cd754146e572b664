package tg.ecom.local;

/** The command line asks for what there is not; the message says what. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong, in a sentence for whoever typed it. */
    public UsageException(String sentence) {
        super(sentence);
    }
}

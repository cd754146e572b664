package tg.ecom.local;

/** The command line asks for what there is not; the message says what. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String sentence) {
        super(sentence);
    }
}

package tg.ecom.local.parts;

/** A part of the one-machine cloud could not start; the message is one sentence for the person at the terminal. */
public final class PartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong and what to do about it. */
    public PartFailure(String sentence) {
        super(sentence);
    }

    /** Says what is wrong and what to do about it, and keeps the cause for the log. */
    public PartFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}

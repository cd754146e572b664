package tg.ecom.demo;

/** A step that did not do what it says; the message says what was expected and what came. */
public final class StoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoryException(String message) {
        super(message);
    }
}

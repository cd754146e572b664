package tg.ecom.client;

/** What keeps a client from going on: an answer that should have been another, or none. It says so in a sentence. */
public final class ClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With that sentence. */
    public ClientException(String message) {
        super(message);
    }
}

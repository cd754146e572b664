package tg.ecom.states.engine;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * A task token: opaque to whoever gets it, and to us the execution that waits for it.
 *
 * @param execution our id of it
 * @param text as it is handed out
 */
record Token(long execution, String text) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 40;

    /** A new one, that nobody can guess. */
    static Token fresh(long execution) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] bytes = ByteBuffer.allocate(Long.BYTES + NONCE_BYTES)
                .putLong(execution)
                .put(nonce)
                .array();
        return new Token(execution, Base64.getEncoder().encodeToString(bytes));
    }

    /** Reads one. @return empty when it is none that was ever handed out */
    static Optional<Token> parse(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return bytes.length == Long.BYTES + NONCE_BYTES
                    ? Optional.of(new Token(ByteBuffer.wrap(bytes).getLong(), text))
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}

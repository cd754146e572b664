package tg.ecom.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where the next page of a list begins: the sort key of the last item shown. Callers hand it back as they got it.
 *
 * @param key the sort key, at most 200 characters
 */
public record Cursor(String key) {
    private static final int KEY_LENGTH_MAX = 200;

    public Cursor {
        if (key.isEmpty() || key.length() > KEY_LENGTH_MAX) {
            throw new IllegalArgumentException("a cursor's key has 1 to " + KEY_LENGTH_MAX + " characters");
        }
    }

    /** Reads what {@link #encoded} wrote. @return empty when it is no cursor */
    public static Optional<Cursor> decode(String text) {
        try {
            Cursor cursor = new Cursor(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
            return Optional.of(cursor).filter(read -> read.encoded().equals(text));
        } catch (IllegalArgumentException notACursor) {
            return Optional.empty();
        }
    }

    /** The cursor as callers see it: URL-safe, and with no meaning to them. */
    public String encoded() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}

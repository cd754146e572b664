package tg.ecom.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @Property
    void whatIsEncoded_decodesToTheSame(@ForAll("keys") String key) {
        Cursor cursor = new Cursor(key);
        assertTrue(cursor.encoded().matches("[A-Za-z0-9_-]+"));
        assertEquals(Optional.of(cursor), Cursor.decode(cursor.encoded()));
    }

    @Property
    void anyTextAtAll_isACursorThatEncodesToIt_orNone(@ForAll String text) {
        Cursor.decode(text).ifPresent(cursor -> assertEquals(text, cursor.encoded()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "a", "YQ==", "YR", "a b", "a+b/", "é", "_w", "gICA", "😀"})
    void whatNoCursorEncodesTo_isNone(String text) {
        assertEquals(Optional.empty(), Cursor.decode(text));
    }

    @Test
    void keyOfMoreThanTheBound_isRefusedAndNotDecoded() {
        String long201 = "k".repeat(201);
        assertThrows(IllegalArgumentException.class, () -> new Cursor(long201));
        assertThrows(IllegalArgumentException.class, () -> new Cursor(""));
        String encoded =
                Base64.getUrlEncoder().withoutPadding().encodeToString(long201.getBytes(StandardCharsets.UTF_8));
        assertEquals(Optional.empty(), Cursor.decode(encoded));
        assertEquals(200, new Cursor("k".repeat(200)).key().length());
    }

    @Provide
    Arbitrary<String> keys() {
        Arbitrary<Character> characters =
                Arbitraries.chars().range(' ', '~').with('é', 'ɛ', '€').range('\u0370', '\u03ff');
        return Arbitraries.strings()
                .withChars('a')
                .ofMinLength(1)
                .ofMaxLength(200)
                .flatMap(prefix -> characters.map(last -> prefix.substring(1) + last));
    }
}

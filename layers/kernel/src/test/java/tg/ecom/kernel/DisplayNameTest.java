package tg.ecom.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayNameTest {
    @ParameterizedTest
    @CsvSource({
        "Kossi, Agbeko, Kossi A.",
        "Afi, élodie, Afi É.",
        "Éyram, Ɛkuɛ, Éyram Ɛ.",
        "'  Afi ', ' mensah ', Afi M.",
        "Afi, '', Afi",
        "Afi, '   ', Afi",
        "Afi, 😀😀, Afi 😀.",
        "Afi, 𐐨yo, Afi 𐐀.",
        "Jean-Luc, d’Almeida, Jean-Luc D."
    })
    void firstNameAndInitial_areShown(String first, String last, String expected) {
        assertEquals(expected, DisplayName.masked(first, last));
    }

    @Test
    void accentWrittenApart_staysWithItsLetter() {
        assertEquals("Afi E\u0301.", DisplayName.masked("Afi", "e\u0301lodie"));
    }

    @Property
    void restOfTheLastName_isNeverShown(@ForAll @AlphaChars @StringLength(min = 2, max = 40) String last) {
        String shown = DisplayName.masked("Afi", last);
        assertEquals("Afi X.".length(), shown.length());
        // The first name may happen to hold the last one: Afi Fi.
        assertFalse(shown.substring("Afi ".length()).contains(last));
    }
}

package tg.ecom.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en                        | ENGLISH
            EN                        | ENGLISH
            en-GB                     | ENGLISH
            en-GB, en;q=0.9           | ENGLISH
            fr-TG, fr;q=0.9, en;q=0.8 | FRENCH
            fr;q=0.5, en;q=0.8        | ENGLISH
            en;q=0.8, fr;q=0.5        | ENGLISH
            en;q=0.5, fr;q=0.8        | FRENCH
            en; q=0.8 , fr ; q=0.5    | ENGLISH
            de, en;q=0.1              | ENGLISH
            ee, de                    | FRENCH
            fr;q=0, en                | ENGLISH
            en;q=0, fr;q=0.1          | FRENCH
            en-US;q=0, en             | ENGLISH
            *                         | FRENCH
            de, *;q=0.5               | FRENCH
            *, en;q=0.5               | FRENCH
            *;q=0.5, en               | ENGLISH
            fr;q=0, *                 | ENGLISH
            en;q=0                    | FRENCH
            """)
    void acceptableLanguageOfGreatestWeight_isPreferred(String header, Language expected) {
        assertEquals(expected, Language.preferred(header));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''
            ;
            ,
            en;q=abc
            en;q=2
            en;q=-1
            en;q=
            en;
            ;q=1
            e/n
            12345678901234567890
            en;q=NaN
            """)
    void whatIsNoListOfLanguages_isFrench(String header) {
        assertEquals(Language.FRENCH, Language.preferred(header));
    }

    @Property
    void anyHeaderAtAll_hasALanguage(@ForAll String header) {
        assertNotNull(Language.preferred(header));
    }

    @Property
    void anyHeaderOfTheCharactersOfOne_hasALanguage(
            @ForAll
                    @StringLength(max = 40)
                    @Chars({',', ';', '=', '*', '.', '-', ' ', 'q', '\t'})
                    @CharRange(from = 'a', to = 'f')
                    @CharRange(from = '0', to = '9')
                    String header) {
        assertNotNull(Language.preferred(header));
    }

    @Test
    void codes_nameTheirLanguageAndNoOther() {
        for (Language language : Language.values()) {
            assertEquals(language, Language.of(language.code()));
            assertEquals(language.code(), language.locale().getLanguage());
        }
        assertThrows(IllegalArgumentException.class, () -> Language.of("de"));
        assertThrows(IllegalArgumentException.class, () -> Language.of("FR"));
    }

    @Test
    void text_isSaidInTheLanguageAskedFor() {
        Text text = new Text("bonjour", "hello");
        assertEquals("bonjour", text.in(Language.FRENCH));
        assertEquals("hello", text.in(Language.ENGLISH));
    }
}

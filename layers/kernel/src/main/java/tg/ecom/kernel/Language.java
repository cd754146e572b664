package tg.ecom.kernel;

import java.util.Locale;

/** The languages in which Ecom speaks to people. */
public enum Language {
    FRENCH("fr"),
    ENGLISH("en");

    private final String code;

    Language(String code) {
        this.code = code;
    }

    /** The language's ISO 639 code. */
    public String code() {
        return code;
    }

    /** The locale for texts of libraries. */
    public Locale locale() {
        return Locale.of(code);
    }

    /** The language of an ISO 639 code. @throws IllegalArgumentException for one that Ecom does not speak */
    public static Language of(String code) {
        for (Language language : values()) {
            if (language.code.equals(code)) {
                return language;
            }
        }
        throw new IllegalArgumentException("no language " + code);
    }

    /** What fits an Accept-Language header (RFC 9110 §12.5.4) best: the acceptable one of greatest weight, else French. */
    public static Language preferred(String acceptLanguage) {
        try {
            String best = Locale.lookupTag(
                    Locale.LanguageRange.parse(acceptLanguage), java.util.List.of(FRENCH.code, ENGLISH.code));
            return best == null ? FRENCH : of(best);
        } catch (IllegalArgumentException notALanguageRange) {
            return FRENCH;
        }
    }
}

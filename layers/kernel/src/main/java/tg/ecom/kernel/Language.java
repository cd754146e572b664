package tg.ecom.kernel;

import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.stream.Stream;

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

    /**
     * What fits an Accept-Language header (RFC 9110 §12.5.4) best: the acceptable one of greatest weight, else French.
     */
    public static Language preferred(String acceptLanguage) {
        try {
            List<LanguageRange> heaviestFirst = LanguageRange.parse(acceptLanguage);
            return heaviestFirst.stream()
                    .filter(range -> range.getWeight() > 0)
                    .flatMap(range -> Stream.of(values()).filter(language -> language.fits(range, heaviestFirst)))
                    .findFirst()
                    .orElse(FRENCH);
        } catch (IllegalArgumentException notALanguageRange) {
            return FRENCH;
        }
    }

    /** A star stands for the languages that no other range names. */
    private boolean fits(LanguageRange range, List<LanguageRange> all) {
        return isNamedBy(range) || (range.getRange().equals("*") && all.stream().noneMatch(this::isNamedBy));
    }

    private boolean isNamedBy(LanguageRange range) {
        return range.getRange().equals(code) || range.getRange().startsWith(code + "-");
    }
}

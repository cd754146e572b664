package tg.ecom.kernel;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A phone number in E.164 form. Made only by {@link #parse}, which reads a bare Togo number of 8 digits as +228. Its
 * text form is masked, so that a phone put into a log or a message by mistake does not name a person.
 */
public final class Phone {
    private static final String TOGO = "TG";
    private static final Pattern FORM = Pattern.compile("\\+?[0-9 ().-]{6,24}");
    private static final int SHOWN_START = 6;
    private static final int SHOWN_END = 2;

    /** Some countries have numbers of 4 digits: of those less is shown. */
    private static final int HIDDEN_MIN = 4;

    private final String e164;
    private final int countryCode;

    private Phone(String e164, int countryCode) {
        this.e164 = e164;
        this.countryCode = countryCode;
    }

    /**
     * Reads a number as people write it: {@code +228 90 12 34 56}, {@code 0022890123456} or {@code 90123456}.
     *
     * @return empty when it is no possible number of any country
     */
    public static Optional<Phone> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            PhoneNumber number = numbers.parse(text, TOGO);
            if (!numbers.isValidNumber(number)) {
                return Optional.empty();
            }
            return Optional.of(new Phone(numbers.format(number, PhoneNumberFormat.E164), number.getCountryCode()));
        } catch (NumberParseException notAPhone) {
            return Optional.empty();
        }
    }

    /** Like {@link #parse}. @throws IllegalArgumentException when the text is no phone number */
    public static Phone of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not a phone number"));
    }

    /**
     * The country's code, 228 for Togo (ITU-T E.164, section 6.2.1). Which operator serves the number is not said by
     * its digits: numbers are portable.
     */
    public int countryCode() {
        return countryCode;
    }

    /** The whole number, {@code +22890123456}: for storing and for sending to, never for a log. */
    public String e164() {
        return e164;
    }

    /** The number as others may see it: {@code +22890****56}. */
    public String masked() {
        int end = e164.length() - SHOWN_END;
        int start = Math.clamp(end - HIDDEN_MIN, 1, SHOWN_START);
        return e164.substring(0, start) + "*".repeat(end - start) + e164.substring(end);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Phone phone && phone.e164.equals(e164);
    }

    @Override
    public int hashCode() {
        return e164.hashCode();
    }

    @Override
    public String toString() {
        return masked();
    }
}

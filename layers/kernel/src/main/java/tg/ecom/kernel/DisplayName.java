package tg.ecom.kernel;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a person is shown to somebody who pays them: enough to notice a wrong number, too little to learn who has one.
 */
public final class DisplayName {
    /** As people count them: an accent written apart, or the parts of an emoji, belong to one (Unicode UAX #29). */
    private static final Pattern FIRST_CHARACTER = Pattern.compile("^\\X");

    private DisplayName() {}

    /** {@code Kossi A.} of Kossi Agbeko. */
    public static String masked(String firstName, String lastName) {
        Matcher initial = FIRST_CHARACTER.matcher(lastName.strip());
        return initial.find()
                ? firstName.strip() + " " + initial.group().toUpperCase(Locale.ROOT) + "."
                : firstName.strip();
    }
}

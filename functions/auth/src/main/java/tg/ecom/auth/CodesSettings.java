package tg.ecom.auth;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import tg.ecom.kernel.Phone;

/**
 * To whom codes go, and how many at most.
 *
 * @param servedCountryCodes country codes of the phones that are served, with commas between them: {@code 228}
 * @param codesPerPhoneMax codes a day to one phone
 * @param codesPerAddressMax codes a day that one IP address may ask for; thousands of people share one behind their
 *     operator
 */
public record CodesSettings(String servedCountryCodes, int codesPerPhoneMax, int codesPerAddressMax) {
    private static final String LIST = "[1-9][0-9]{0,2}(,[1-9][0-9]{0,2})*";

    public CodesSettings {
        if (!servedCountryCodes.matches(LIST)) {
            throw new IllegalArgumentException("servedCountryCodes is a list such as 228,229");
        }
        if (codesPerPhoneMax < 1 || codesPerAddressMax < 1) {
            throw new IllegalArgumentException("codesPerPhoneMax and codesPerAddressMax are at least 1");
        }
    }

    /** Whether codes go to the phone's country. */
    boolean serves(Phone phone) {
        return served().contains(phone.countryCode());
    }

    /** The served countries as people write them: {@code +228, +229}. */
    String countries() {
        return Arrays.stream(servedCountryCodes.split(",", -1))
                .map(code -> "+" + code)
                .collect(joining(", "));
    }

    private Set<Integer> served() {
        return Arrays.stream(servedCountryCodes.split(",", -1))
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }
}

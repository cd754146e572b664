package tg.ecom.demo;

import java.util.Locale;

/** How amounts are written for people. */
final class Francs {
    private Francs() {}

    /** {@code 12 500 F}. */
    static String of(long amount) {
        return String.format(Locale.ROOT, "%,d F", amount).replace(',', ' ');
    }
}

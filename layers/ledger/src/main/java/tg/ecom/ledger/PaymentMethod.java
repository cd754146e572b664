package tg.ecom.ledger;

import java.util.Locale;

/** How money came in or went out; {@link #WALLET} when it only moved inside. */
public enum PaymentMethod {
    YAS,
    FLOOZ,
    VISA,
    PISPI,
    WALLET;

    /** The name in the API and in SQL. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The method of a name. @throws IllegalArgumentException when there is none */
    public static PaymentMethod of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}

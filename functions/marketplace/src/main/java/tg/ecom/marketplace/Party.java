package tg.ecom.marketplace;

import java.util.Locale;

/** Who takes an order a step further. */
public enum Party {
    /** Who ordered. */
    CLIENT,
    /** Who owns the store. */
    STORE,
    /** Somebody of Ecom's. */
    ADMINISTRATOR,
    /** Nobody: the time, the operator's no, a suspension. */
    SYSTEM;

    /** The name in the API and in SQL. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Party of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}

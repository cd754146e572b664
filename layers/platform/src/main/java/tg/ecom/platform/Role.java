package tg.ecom.platform;

import java.util.Locale;

/** What a person may be besides a client. */
public enum Role {
    CLIENT,
    DRIVER,
    STORE_OWNER,
    ADMIN;

    /** The role as tokens and the API write it, such as {@code store_owner}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that code. @throws IllegalArgumentException when there is none */
    public static Role of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}

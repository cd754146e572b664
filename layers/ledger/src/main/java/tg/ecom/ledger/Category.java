package tg.ecom.ledger;

import java.util.Locale;

/** What an entry is for: the customer's six, and those that money going back or out needs. */
public enum Category {
    RECHARGE,
    TRANSPORT,
    SHOPPING,
    DELIVERY,
    TRANSFER,
    COMMISSION,
    WITHDRAWAL,
    REFUND,
    ADJUSTMENT;

    /** The name in the API and in SQL. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The category of a name. @throws IllegalArgumentException when there is none */
    public static Category of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}

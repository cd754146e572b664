package tg.ecom.marketplace;

import java.util.Locale;

/** Where an order's money is. */
public enum PaymentStatus {
    /** With whoever pays: their operator is asked. */
    PENDING,
    /** Held for the order, or shared out. */
    PAID,
    /** Back with who paid. */
    REFUNDED;

    /** The name in the API and in SQL. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PaymentStatus of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}

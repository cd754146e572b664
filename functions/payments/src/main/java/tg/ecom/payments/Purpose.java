package tg.ecom.payments;

import java.util.Locale;
import tg.ecom.ledger.Category;

/** What a payment is for. */
public enum Purpose {
    /** Money into a person's wallet. */
    RECHARGE(Category.RECHARGE),
    /** Money into an order's escrow. */
    ORDER(Category.SHOPPING);

    private final Category category;

    Purpose(Category category) {
        this.category = category;
    }

    /** What its entries are for. */
    Category category() {
        return category;
    }

    static Purpose of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}

package tg.ecom.marketplace;

import java.util.Locale;

/** What takes an order from one status to another. People ask for the first seven, the rest happens to it. */
public enum OrderAction {
    /** Nobody wants it any more. */
    CANCEL,
    /** The store takes it. */
    CONFIRM,
    /** The store does not. */
    REJECT,
    /** The store begins. */
    PREPARE,
    /** It can be fetched. */
    READY,
    /** The courier has it, or, at a pickup, the customer. */
    HAND_OVER,
    /** The customer has it. */
    DELIVER,
    /** Nobody acted in time. */
    EXPIRE,
    /** The operator brought no money. */
    NOT_PAID,
    /** The store may not sell any more. */
    SUSPEND;

    /** The name in the API and in SQL. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

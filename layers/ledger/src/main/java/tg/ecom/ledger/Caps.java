package tg.ecom.ledger;

import java.util.Locale;

/** Which caps of a person's KYC tier bind a posting. */
public enum Caps {
    /**
     * What a person sends counts against the caps of one payment, of the day and of the month; what they get, on
     * balance.
     */
    SPENDING,
    /** What a person gets meets the cap on their balance and counts as a reload of the month. */
    RELOAD,
    /** What a person gets counts as a reload of the month and is never refused: it met the caps when it began. */
    COUNTED,
    /** None: captures of holds (which met the caps when placed), refunds. */
    NONE;

    /** The name in SQL. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package tg.ecom.ledger;

import java.time.Instant;

/** The times that PostgreSQL can keep and reckon with. Java knows others, far before and after anybody's payments. */
final class Moments {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private Moments() {}

    static boolean canBeKept(Instant moment) {
        return !moment.isBefore(FIRST) && !moment.isAfter(LAST);
    }

    /** The nearest that can be kept: asked for what was before or after it, nobody sees a difference. */
    static Instant nearest(Instant moment) {
        if (moment.isBefore(FIRST)) {
            return FIRST;
        }
        return moment.isAfter(LAST) ? LAST : moment;
    }
}

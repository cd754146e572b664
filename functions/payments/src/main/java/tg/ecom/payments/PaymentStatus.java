package tg.ecom.payments;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What became of a payment, and the one table of what may become of it. */
public enum PaymentStatus {
    /** The operator is asked, or will be. */
    PENDING,
    /** The money is in the wallet. */
    SUCCEEDED,
    /** The operator said no. */
    FAILED,
    /** Nobody approved while its window was open. The operator may have taken the money yet. */
    EXPIRED,
    /** What the operator says does not fit, so that somebody has to decide. */
    REVIEW;

    /**
     * What comes next. An operator that says no and later yes is not believed: that goes to somebody who decides. What
     * has succeeded stays, since the money may be spent.
     */
    private static final Map<PaymentStatus, Set<PaymentStatus>> TRANSITIONS = Map.of(
            PENDING, EnumSet.of(SUCCEEDED, FAILED, EXPIRED, REVIEW),
            SUCCEEDED, EnumSet.noneOf(PaymentStatus.class),
            FAILED, EnumSet.of(REVIEW),
            EXPIRED, EnumSet.of(SUCCEEDED, REVIEW),
            REVIEW, EnumSet.noneOf(PaymentStatus.class));

    /** Whether a payment may go from here to there. */
    boolean mayBecome(PaymentStatus next) {
        return TRANSITIONS.get(this).contains(next);
    }

    /** Whether anything that the operator says can still change it. */
    boolean isOpen() {
        return !TRANSITIONS.get(this).isEmpty();
    }

    /** The name in the API and in SQL. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PaymentStatus of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}

package tg.ecom.ledger;

import java.util.Locale;
import tg.ecom.kernel.Money;

/**
 * A personal wallet as its owner sees it.
 *
 * @param balance what is in it
 * @param available the balance less what is held
 * @param held what is promised
 * @param currency ISO 4217
 * @param status whether money may go out and in
 * @param limits what its owner may spend
 */
public record Balance(Money balance, Money available, Money held, String currency, Status status, Limits limits) {

    /** Whether money may go out and in. */
    public enum Status {
        /** Out and in. */
        ACTIVE,
        /** In only. */
        FROZEN,
        /** Neither; it was at zero. */
        CLOSED;

        /** The name in the API and in SQL. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** What the owner's KYC tier lets them spend; days and months are local. */
    public record Limits(Limit daily, Limit monthly, Money single) {}

    /** A limit and how much of it is used. */
    public record Limit(Money limit, Money used) {}
}

package tg.ecom.ledger;

import java.time.Instant;
import java.util.Locale;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.WalletId;

/**
 * Money that a wallet has promised.
 *
 * @param id its id
 * @param wallet whose
 * @param amount what was promised
 * @param captured what of it has been paid
 * @param status what became of it
 * @param expiresAt from when on it can't be captured
 */
public record Hold(HoldId id, WalletId wallet, Money amount, Money captured, Status status, Instant expiresAt) {

    /** What became of a hold. */
    public enum Status {
        /** It counts against the balance. */
        OPEN,
        /** It was paid; what it did not pay went back. */
        CAPTURED,
        /** It was given up. */
        RELEASED,
        /** Its time came. */
        EXPIRED;

        static Status of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** What of it still counts against the balance. */
    public Money left() {
        return status == Status.OPEN ? amount.minus(captured) : Money.ZERO;
    }
}

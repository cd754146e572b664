package tg.ecom.marketplace;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** How far an order is. */
public enum OrderStatus {
    /** The store has not answered. */
    PENDING("confirmation", Duration.ofMinutes(10)),
    /** The store has taken it. */
    CONFIRMED("preparation", Duration.ofMinutes(30)),
    /** The store is at it. */
    PREPARING("readiness", Duration.ofHours(2)),
    /** It waits for the courier, or for the customer. */
    READY("handover", Duration.ofHours(24)),
    /** It is under way. */
    OUT_FOR_DELIVERY("delivery", Duration.ofHours(4)),
    /** The customer has it, and the store its money. */
    DELIVERED(),
    /** It came to nothing: stock and money went back. */
    CANCELLED();

    private final Optional<String> wait;
    private final Duration window;

    OrderStatus() {
        this.wait = Optional.empty();
        this.window = Duration.ZERO;
    }

    OrderStatus(String wait, Duration window) {
        this.wait = Optional.of(wait);
        this.window = window;
    }

    /** Whether it goes on from here. */
    boolean isOpen() {
        return wait.isPresent();
    }

    /** What the saga's wait in this status is called in platform's parked tasks; none where it has ended. */
    Optional<String> awaited() {
        return wait;
    }

    /** How long an order may stay here; nobody acting for so long cancels it. */
    Duration window() {
        return window;
    }

    /** The name in the API and in SQL. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static OrderStatus of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}

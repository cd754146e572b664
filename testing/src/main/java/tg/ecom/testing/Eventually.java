package tg.ecom.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or process brings about. */
public final class Eventually {
    /** So long that only a test that fails ever comes there, on a machine that does much else, too. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(90);

    /** Between two looks others get the processor, and servers that are asked are not only busy with that. */
    private static final Duration POLL = Duration.ofMillis(5);

    private Eventually() {}

    /**
     * Waits until a condition holds.
     *
     * @param what the condition in words, as in "the money comes"
     * @throws AssertionError with those words if it does not hold within 90 s
     */
    public static void eventually(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + WAIT_MAX.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for this: " + what);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}

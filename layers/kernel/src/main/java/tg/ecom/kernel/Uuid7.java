package tg.ecom.kernel;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/** Makes UUIDs of version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then 74 random bits. */
public final class Uuid7 {
    /** Not ThreadLocalRandom: instances restored from one SnapStart snapshot would all draw the same numbers. */
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private Uuid7() {}

    /** A new one, at the clock's time. */
    public static UUID next(InstantSource clock) {
        long high = (clock.millis() << 16) | VERSION | (RANDOM.nextInt() & 0xfffL);
        long low = VARIANT | (RANDOM.nextLong() >>> 2);
        return new UUID(high, low);
    }
}

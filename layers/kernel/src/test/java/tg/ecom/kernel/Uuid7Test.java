package tg.ecom.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class Uuid7Test {
    private static final long MILLIS_MAX = (1L << 48) - 2;

    @Property
    void eachHasVersionVariantAndTime(@ForAll @LongRange(min = 0, max = MILLIS_MAX) long millis) {
        UUID id = at(millis);
        assertEquals(7, id.version());
        assertEquals(2, id.variant());
        assertEquals(millis, id.getMostSignificantBits() >>> 16);
    }

    @Property
    void laterMillisecond_hasTheGreaterTextAndSoTheGreaterKey(
            @ForAll @LongRange(min = 0, max = MILLIS_MAX) long millis) {
        assertTrue(at(millis).toString().compareTo(at(millis + 1).toString()) < 0);
    }

    @Test
    void manyInOneMillisecond_areAllDifferent() {
        int count = 100_000;
        Set<UUID> made = new HashSet<>();
        for (int i = 0; i < count; i++) {
            made.add(at(1_800_000_000_000L));
        }
        assertEquals(count, made.size());
    }

    private static UUID at(long millis) {
        return Uuid7.next(InstantSource.fixed(Instant.ofEpochMilli(millis)));
    }
}

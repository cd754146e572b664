package tg.ecom.local.parts;

import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** The time of one ElasticMQ: loaded anew for each, so that its static field is that one's. */
public final class QueueClock {
    private static volatile InstantSource clock = InstantSource.system();

    private QueueClock() {}

    static void use(InstantSource given) {
        clock = given;
    }

    /** Milliseconds since 1970, as {@link System#currentTimeMillis}, which {@link ClockCalls} puts this in place of. */
    public static long currentTimeMillis() {
        return clock.millis();
    }

    /** As {@link OffsetDateTime#now()}. */
    public static OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}

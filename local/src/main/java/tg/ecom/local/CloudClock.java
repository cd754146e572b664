package tg.ecom.local;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time that functions and sagas see: the system's, moved forward by as much as somebody asked for. */
public final class CloudClock implements InstantSource {
    private volatile Duration offset = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(offset);
    }

    /** How far it is ahead of the system's. */
    public Duration offset() {
        return offset;
    }

    /** Sets how far it is ahead. */
    public void setOffset(Duration ahead) {
        offset = ahead;
    }
}

package tg.ecom.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time of a test: it passes only when the test says so. */
public final class SettableClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-23T08:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    /** Lets time pass. */
    public void advance(Duration duration) {
        now = now.plus(duration);
    }
}

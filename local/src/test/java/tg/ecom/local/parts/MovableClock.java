package tg.ecom.local.parts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** A clock that stands still until a test moves it. */
public final class MovableClock implements InstantSource {
    private volatile Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves it forward. */
    public void advance(Duration by) {
        now = now.plus(by);
    }

    /** Sets it. */
    public void set(Instant time) {
        now = time;
    }
}

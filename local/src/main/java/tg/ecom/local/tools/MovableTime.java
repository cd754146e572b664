package tg.ecom.local.tools;

import java.time.Duration;
import java.time.Instant;

/** The time that functions see, which a tool may move forward. */
public interface MovableTime {
    /** Moves it, and has done what became due. @return the time then */
    Instant advance(Duration by);
}

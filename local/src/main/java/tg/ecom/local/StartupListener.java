package tg.ecom.local;

import java.time.Duration;

/** Is told how the start goes on. */
@FunctionalInterface
public interface StartupListener {
    /** A part is ready. */
    void started(String part, Duration took);
}

package tg.ecom.events;

import java.time.Duration;

/** How long a run goes on, in the time that Lambda measures, which no test moves. */
final class Pace {
    private final long endNanos;
    private final long lastEndNanos;
    private final long eachNanos;
    private long dueNanos = System.nanoTime();

    /**
     * Begins now.
     *
     * @param length of the run
     * @param longer how much longer it may be, while there is no end of work
     * @param each between two times that something is due, see {@link #isDue}
     */
    Pace(Duration length, Duration longer, Duration each) {
        this.endNanos = System.nanoTime() + length.toNanos();
        this.lastEndNanos = endNanos + longer.toNanos();
        this.eachNanos = each.toNanos();
    }

    /** Whether it is time; true at once, and then each time the interval has passed. */
    boolean isDue() {
        long now = System.nanoTime();
        if (now - dueNanos < 0) {
            return false;
        }
        dueNanos = now + eachNanos;
        return true;
    }

    /** Whether the run may go on without a pause. */
    boolean mayGoOn() {
        return System.nanoTime() - lastEndNanos < 0;
    }

    /** Waits. @return false at once when the run would be over by then, or is interrupted */
    boolean pause(Duration length) {
        if (System.nanoTime() + length.toNanos() - endNanos >= 0) {
            return false;
        }
        try {
            Thread.sleep(length);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

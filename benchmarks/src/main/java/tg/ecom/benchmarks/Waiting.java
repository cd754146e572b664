package tg.ecom.benchmarks;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for what happens on other threads, for a while. */
final class Waiting {
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Waiting() {}

    /** Until it is so. @throws BenchmarkFailure when it does not come about */
    static void until(String what, BooleanSupplier condition) {
        if (!atMost(WAIT_MAX, condition)) {
            throw new BenchmarkFailure("It did not come about in " + WAIT_MAX.toSeconds() + " s: " + what + ".");
        }
    }

    /** Until it is so, or so long. @return whether it is so */
    static boolean atMost(Duration length, BooleanSupplier condition) {
        long end = System.nanoTime() + length.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            pause();
        }
        return true;
    }

    /** Until a count has not moved for so long. */
    static void untilQuiet(LongSupplier count, Duration length) {
        long[] last = {count.getAsLong(), System.nanoTime()};
        until("quiet", () -> {
            long now = count.getAsLong();
            if (now != last[0]) {
                last[0] = now;
                last[1] = System.nanoTime();
            }
            return System.nanoTime() - last[1] >= length.toNanos();
        });
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException toldToEnd) {
            throw BenchmarkFailure.interrupted();
        }
    }
}

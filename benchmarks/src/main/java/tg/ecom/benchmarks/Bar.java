package tg.ecom.benchmarks;

import java.io.PrintStream;
import java.util.Locale;

/**
 * A limit that a figure has to keep.
 *
 * @param what the figure
 * @param measured what it is
 * @param atMost whether the limit is from above
 */
record Bar(String what, double measured, double limit, boolean atMost) {
    static Bar atMost(String what, double measured, double limit) {
        return new Bar(what, measured, limit, true);
    }

    static Bar atLeast(String what, double measured, double limit) {
        return new Bar(what, measured, limit, false);
    }

    boolean isMet() {
        return atMost ? measured <= limit : measured >= limit;
    }

    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "  %-6s %s: %s, at %s %s%n",
                isMet() ? "met" : "MISSED",
                what,
                figure(measured),
                atMost ? "most" : "least",
                figure(limit));
    }

    private static String figure(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.2f", value);
    }
}

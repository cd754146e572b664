package tg.ecom.benchmarks;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What figures of speed depend on, beside what is measured. */
final class Conditions {
    private Conditions() {}

    /** Prints what this machine is and what else it did. */
    static void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%n  On %d processors, with a load of %.1f in the last minute.%n",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}

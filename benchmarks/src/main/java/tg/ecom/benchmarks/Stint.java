package tg.ecom.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a contender did in one round.
 *
 * @param calls how many, of all clients together
 * @param perSecond the same in a second
 * @param p50Ms within which time half of them were answered
 * @param p99Ms within which time 99 of 100 were
 * @param walBytes what one of them added to the server's log
 */
record Stint(long calls, double perSecond, double p50Ms, double p99Ms, double walBytes) {
    private static final double NANOS_PER_S = 1e9;
    private static final double NANOS_PER_MS = 1e6;
    private static final double HALF = 0.5;
    private static final double NEARLY_ALL = 0.99;

    /** From the time that each call took, the time that all of them took side by side, and what they wrote. */
    static Stint of(double[] callNanos, long nanos, long walBytes) {
        return new Stint(
                callNanos.length,
                callNanos.length / (nanos / NANOS_PER_S),
                Rounds.percentile(callNanos, HALF) / NANOS_PER_MS,
                Rounds.percentile(callNanos, NEARLY_ALL) / NANOS_PER_MS,
                (double) walBytes / callNanos.length);
    }

    /** A figure of each round. */
    static Rounds each(List<Stint> stints, ToDoubleFunction<Stint> figure) {
        return Rounds.of(stints.stream().mapToDouble(figure).boxed().toList());
    }
}

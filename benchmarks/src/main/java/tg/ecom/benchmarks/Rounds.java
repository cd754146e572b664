package tg.ecom.benchmarks;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Figures of several rounds, told by their median and how far they spread: one figure of a noisy machine says nothing.
 *
 * @param values one a round, in the order of the rounds
 */
record Rounds(List<Double> values) {
    Rounds {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no round was run");
        }
        values = List.copyOf(values);
    }

    static Rounds of(Collection<? extends Number> values) {
        return new Rounds(values.stream().map(Number::doubleValue).toList());
    }

    /** The one in the middle; of two, the lower. */
    double median() {
        return values.stream().sorted().toList().get((values.size() - 1) / 2);
    }

    double lowest() {
        return values.stream().min(Double::compare).orElseThrow();
    }

    double highest() {
        return values.stream().max(Double::compare).orElseThrow();
    }

    /** Each round's figure by that of the other in the same round, so that what slows a round down slows both. */
    Rounds by(Rounds other) {
        if (other.values.size() != values.size()) {
            throw new IllegalArgumentException("not of the same rounds");
        }
        return new Rounds(IntStream.range(0, values.size())
                .mapToObj(round -> values.get(round) / other.values.get(round))
                .toList());
    }

    /** {@code median (lowest to highest)}, or the one figure where all are alike. */
    String told(int decimals) {
        String form = "%,." + decimals + "f";
        String median = String.format(Locale.ROOT, form, median());
        String spread = String.format(Locale.ROOT, " (" + form + " to " + form + ")", lowest(), highest());
        return lowest() == highest() ? median : median + spread;
    }

    /** The value below which that part of some figures lies, from 0 to 1. */
    static double percentile(double[] figures, double part) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, (long) Math.floor(part * sorted.length))];
    }
}

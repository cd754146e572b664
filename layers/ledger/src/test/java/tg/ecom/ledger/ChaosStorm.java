package tg.ecom.ledger;

import java.time.Duration;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** How long it storms, and what has been seen meanwhile. It goes on for as long as something wanted was not. */
final class ChaosStorm {
    private final long startedNanos = System.nanoTime();
    private final Duration length;
    private final Duration lengthMax;
    private final Set<String> wanted;
    private final ConcurrentMap<String, LongAdder> seen = new ConcurrentHashMap<>();
    private volatile boolean hasFailed;

    ChaosStorm(Duration length, Duration lengthMax, Set<String> wanted) {
        this.length = length;
        this.lengthMax = lengthMax;
        this.wanted = Set.copyOf(wanted);
    }

    boolean isOver() {
        long elapsed = System.nanoTime() - startedNanos;
        return hasFailed
                || elapsed >= lengthMax.toNanos()
                || (elapsed >= length.toNanos() && missing().isEmpty());
    }

    /** Ends it: somebody found what must not be. */
    void fail() {
        hasFailed = true;
    }

    void saw(String what) {
        seen.computeIfAbsent(what, _ -> new LongAdder()).increment();
    }

    /** What was wanted and not seen. */
    Set<String> missing() {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(seen.keySet());
        return missing;
    }

    /** How often each thing was seen. */
    SortedMap<String, Long> seen() {
        SortedMap<String, Long> counts = new TreeMap<>();
        seen.forEach((what, count) -> counts.put(what, count.sum()));
        return counts;
    }
}

package tg.ecom.local.usage;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** How often what was used. */
public record Counts(Map<Counter, Long> byCounter) {
    /** What is counted. */
    public enum Kind {
        /** Of a state machine. */
        TRANSITION,
        /** Of a function. */
        INVOCATION,
        /** Of a function: what its invocations took, each rounded up as Lambda bills it. */
        BILLED_MS,
        /** Of a function, with PostgreSQL; counted only where a meter stands between the two. */
        ROUND_TRIP,
        /** Of a function, at PostgreSQL; counted as round trips are. */
        LOG_IN,
        /** Of a service's operation. */
        CALL
    }

    /**
     * One counter.
     *
     * @param name the function's or the state machine's, or {@code sqs SendMessage}
     */
    public record Counter(Kind kind, String name) implements Comparable<Counter> {
        @Override
        public int compareTo(Counter other) {
            int byKind = kind.compareTo(other.kind);
            return byKind == 0 ? name.compareTo(other.name) : byKind;
        }
    }

    /** Copies what is mutable. */
    public Counts {
        byCounter = Map.copyOf(byCounter);
    }

    /** Of one name. */
    public long of(Kind kind, String name) {
        return byCounter.getOrDefault(new Counter(kind, name), 0L);
    }

    /** Of all names that fit. */
    public long sum(Kind kind, Predicate<String> name) {
        return byCounter.entrySet().stream()
                .filter(each ->
                        each.getKey().kind() == kind && name.test(each.getKey().name()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** What was counted since. */
    public Counts since(Counts earlier) {
        Map<Counter, Long> more = new TreeMap<>();
        byCounter.forEach((counter, count) -> {
            long added = count - earlier.of(counter.kind(), counter.name());
            if (added != 0) {
                more.put(counter, added);
            }
        });
        return new Counts(more);
    }
}

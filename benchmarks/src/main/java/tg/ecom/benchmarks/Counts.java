package tg.ecom.benchmarks;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** How often what was used. */
record Counts(Map<Counter, Long> byCounter) {
    /** What is counted. */
    enum Kind {
        /** Of a function. */
        INVOCATION,
        /** Of a function: what its invocations took, each rounded up as Lambda bills it. */
        BILLED_MS,
        /** Of a function, with PostgreSQL. */
        ROUND_TRIP,
        /** Of a function, at PostgreSQL. */
        LOG_IN,
        /** Of a service's operation. */
        CALL
    }

    /**
     * One counter.
     *
     * @param name the function's, or {@code sqs SendMessage}
     */
    record Counter(Kind kind, String name) implements Comparable<Counter> {
        @Override
        public int compareTo(Counter other) {
            int byKind = kind.compareTo(other.kind);
            return byKind == 0 ? name.compareTo(other.name) : byKind;
        }
    }

    Counts {
        byCounter = Map.copyOf(byCounter);
    }

    long of(Kind kind, String name) {
        return byCounter.getOrDefault(new Counter(kind, name), 0L);
    }

    /** Of all names that fit. */
    long sum(Kind kind, Predicate<String> name) {
        return byCounter.entrySet().stream()
                .filter(each ->
                        each.getKey().kind() == kind && name.test(each.getKey().name()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** What was counted since. */
    Counts since(Counts earlier) {
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

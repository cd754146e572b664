package tg.ecom.local.lambda;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The places in functions where a crash matters, before and after external calls and commits: which of them were
 * reached how often, and where an instance dies on purpose.
 */
public final class Failpoints {
    /**
     * A place in a function.
     *
     * @param function the function's name
     * @param point such as {@code commit.before}
     */
    public record Place(String function, String point) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return (function + " " + point).compareTo(other.function + " " + other.point);
        }
    }

    /** What ends where a place is reached. */
    public enum Victim {
        /** The instance that is there, as when Lambda loses it. */
        INSTANCE,
        /** This whole process at once, without a last word, as by SIGKILL. */
        MACHINE
    }

    /** What ends when a place is reached for the nth time, counted from 1. */
    public record Kill(Place place, int nth, Victim victim) {}

    /** How often a place was reached, and how many instances died there. */
    public record Count(int reached, int killed) {}

    /** What dies. */
    private sealed interface Plan {
        Optional<Victim> victim(Place place, int nth);

        record Listed(List<Kill> kills) implements Plan {
            @Override
            public Optional<Victim> victim(Place place, int nth) {
                return kills.stream()
                        .filter(kill -> kill.place().equals(place) && kill.nth() == nth)
                        .map(Kill::victim)
                        .findFirst();
            }
        }

        /** The same for the same seed, however threads take turns: each time at each place is drawn by itself. */
        record Seeded(long seed, double rate) implements Plan {
            @Override
            public Optional<Victim> victim(Place place, int nth) {
                long own = seed * 31 + place.toString().hashCode();
                return new SplittableRandom(own * 31 + nth).nextDouble() < rate
                        ? Optional.of(Victim.INSTANCE)
                        : Optional.empty();
            }
        }
    }

    private static final Plan NOBODY = new Plan.Listed(List.of());

    private final Map<Place, Count> counts = new TreeMap<>();
    private Plan plan = NOBODY;

    /** Has those die from now on, and begins to count anew. */
    public synchronized void kill(List<Kill> kills) {
        plan = new Plan.Listed(List.copyOf(kills));
        counts.clear();
    }

    /** Has one of so many die at random, from 0 for none to 1 for all, and begins to count anew. */
    public synchronized void kill(long seed, double rate) {
        plan = new Plan.Seeded(seed, rate);
        counts.clear();
    }

    /** Has nobody die any more, and begins to count anew. */
    public synchronized void spare() {
        plan = NOBODY;
        counts.clear();
    }

    /** The places that were reached since the plan was made. */
    public synchronized Map<Place, Count> counts() {
        return new TreeMap<>(counts);
    }

    /** Counts, and says what ends there, if anything does. */
    synchronized Optional<Victim> reached(Place place) {
        Count before = counts.getOrDefault(place, new Count(0, 0));
        int nth = before.reached() + 1;
        Optional<Victim> victim = plan.victim(place, nth);
        counts.put(place, new Count(nth, before.killed() + (victim.isPresent() ? 1 : 0)));
        return victim;
    }
}

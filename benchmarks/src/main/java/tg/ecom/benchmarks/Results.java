package tg.ecom.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What came out of a race. */
final class Results {
    private final Map<Contender, List<Stint>> all;
    private final int warmUps;

    /** Of each contender's rounds, the first so many of which only warmed up. */
    Results(Map<Contender, List<Stint>> all, int warmUps) {
        this.all = Map.copyOf(all);
        this.warmUps = warmUps;
    }

    /** The rounds that count. */
    List<Stint> of(Contender contender) {
        List<Stint> stints = all.get(contender);
        return stints.subList(warmUps, stints.size());
    }

    /** What was done in a second, in each round. */
    Rounds perSecond(Contender contender) {
        return Stint.each(of(contender), Stint::perSecond);
    }

    /** How fast one was in each round, by another. */
    Rounds ratio(Contender one, Contender other) {
        return perSecond(one).by(perSecond(other));
    }

    /** How often some did what they do, warming up included. */
    long calls(Collection<Contender> contenders) {
        return contenders.stream()
                .flatMap(contender -> all.get(contender).stream())
                .mapToLong(Stint::calls)
                .sum();
    }
}

package tg.ecom.states.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Who waits for the end of which execution. Whoever adds looks afterwards whether the execution has ended, and whoever
 * ends it takes afterwards: so each waiter is taken once, in whatever order the two come.
 */
final class Waiters<W> {
    private final Map<String, List<W>> byArn = new ConcurrentHashMap<>();

    void add(String arn, W waiter) {
        // In one step: a list that is got first and added to then may have been taken in between.
        byArn.merge(
                arn,
                List.of(waiter),
                (before, added) ->
                        Stream.concat(before.stream(), added.stream()).toList());
    }

    /** Those of an execution, who from then on do not wait any more. */
    List<W> take(String arn) {
        List<W> taken = byArn.remove(arn);
        return taken == null ? List.of() : taken;
    }
}

package tg.ecom.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a recharge under a fault ended.
 *
 * @param scenario what YAS did
 * @param fault what died; none in a clean run
 * @param struck whether the place was reached, so that it did die
 * @param state the recharge's at its end
 * @param differences what does not agree, a sentence each
 * @param took in real time
 */
public record Ending(
        String scenario, Optional<Fault> fault, boolean struck, String state, List<String> differences, Duration took) {
    /** The same, with a difference that was seen later. */
    Ending and(String difference) {
        List<String> more = new ArrayList<>(differences);
        more.add(difference);
        return new Ending(scenario, fault, struck, state, List.copyOf(more), took);
    }
}

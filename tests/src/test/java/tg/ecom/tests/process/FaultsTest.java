package tg.ecom.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tg.ecom.soak.Ending;
import tg.ecom.soak.Fault;
import tg.ecom.soak.Soak;

/**
 * As many of the faults of {@code ./ecom soak} as a minute holds, chosen by a seed: another each time, or the one that
 * {@code -Dseed=N} gives.
 */
class FaultsTest {
    private static final Duration TIME = Duration.ofSeconds(40);
    private static final int SCENARIOS = 3;
    private static final int SEEDS = 1_000_000;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextInt(SEEDS));

    @Test
    void deathsAmidRecharges_leaveBooksThatAgree() {
        Tree tree = Tree.built(directory.resolve("project"));
        List<Ending> endings = new ArrayList<>();
        try (Soak soak = Soak.start(tree.root(), directory)) {
            long end = System.nanoTime() + TIME.toNanos();
            List<String> scenarios = new ArrayList<>(soak.scenarios());
            Collections.shuffle(scenarios, new Random(seed));
            scenarios.stream()
                    .limit(SCENARIOS)
                    .forEach(scenario -> endings.addAll(
                            some(soak, scenario, end - System.nanoTime(), SCENARIOS - scenarios.indexOf(scenario))));
            assertEquals(Optional.empty(), soak.audit(), () -> "with -Dseed=" + seed);
        }
        List<Ending> different = endings.stream()
                .filter(ending -> !ending.differences().isEmpty())
                .toList();
        assertEquals(
                List.of(),
                different,
                () -> "with -Dseed=%d; ./ecom soak has it again by --only and --at".formatted(seed));
        assertTrue(endings.stream().anyMatch(Ending::struck), () -> "nothing died with -Dseed=" + seed);
        System.out.printf("seed %d: %d runs, %s%n", seed, endings.size(), endings);
    }

    /** In a scenario's share of the time that is left: deaths of instances, and one of the machine at the end. */
    private List<Ending> some(Soak soak, String scenario, long nanosLeft, int sharers) {
        long end = System.nanoTime() + nanosLeft / sharers;
        Map<Fault.Victim, List<Fault>> faults =
                soak.discover(scenario, seed).stream().collect(Collectors.groupingBy(Fault::victim));
        List<Ending> endings = new ArrayList<>();
        for (Fault fault : faults.get(Fault.Victim.INSTANCE)) {
            if (System.nanoTime() > end) {
                break;
            }
            endings.add(soak.run(scenario, fault));
        }
        if (sharers == 1) {
            endings.add(soak.run(scenario, faults.get(Fault.Victim.MACHINE).getFirst()));
        }
        return endings;
    }
}

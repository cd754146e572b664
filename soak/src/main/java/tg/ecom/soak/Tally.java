package tg.ecom.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of all runs, as a table by scenario. */
final class Tally {
    private static final String ROW = "  %-16s %6s %8s %10s %8s %9s  %s%n";

    private final List<Ending> endings = new ArrayList<>();

    void add(Ending ending) {
        endings.add(ending);
    }

    boolean isClean() {
        return endings.stream().allMatch(ending -> ending.differences().isEmpty());
    }

    String table() {
        StringBuilder table = new StringBuilder(
                String.format(ROW, "scenario", "runs", "killed", "machine", "missed", "differ", "ended"));
        Map<String, List<Ending>> byScenario = new TreeMap<>();
        endings.forEach(ending -> byScenario
                .computeIfAbsent(ending.scenario(), each -> new ArrayList<>())
                .add(ending));
        byScenario.forEach((scenario, some) -> table.append(row(scenario, some)));
        return table.append(row("all", endings)).toString();
    }

    private static String row(String name, List<Ending> some) {
        Map<String, Integer> states = new TreeMap<>();
        some.forEach(ending -> states.merge(ending.state(), 1, Integer::sum));
        return String.format(
                ROW,
                name,
                some.size(),
                struck(some, Fault.Victim.INSTANCE),
                struck(some, Fault.Victim.MACHINE),
                some.stream().filter(ending -> !ending.struck()).count(),
                some.stream().mapToInt(ending -> ending.differences().size()).sum(),
                states);
    }

    private static long struck(List<Ending> some, Fault.Victim victim) {
        return some.stream()
                .filter(ending -> ending.struck()
                        && ending.fault()
                                .filter(fault -> fault.victim() == victim)
                                .isPresent())
                .count();
    }
}

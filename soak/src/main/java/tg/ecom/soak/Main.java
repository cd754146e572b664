package tg.ecom.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import tg.ecom.client.ClientException;

/** The program behind {@code ./ecom soak}. Exit code 1 when anything differs, with the line that runs it again. */
public final class Main {
    private static final Set<String> OPTIONS = Set.of("--seed", "--only", "--at", "--runs", "--victim", "--kills");
    private static final String STORY = "story";
    private static final int KILLS = 200;
    private static final int KILLS_A_STORY_MAX = 6;
    private static final int SEEDS = 1_000_000;
    private static final double MILLIS_PER_S = 1_000;

    private final PrintStream out = System.out;
    private final Tally tally = new Tally();
    private final Soak soak;
    private final long seed;
    private final int runsMax;
    private final Set<Fault.Victim> victims;

    private Main(Soak soak, long seed, int runsMax, Set<Fault.Victim> victims) {
        this.soak = soak;
        this.seed = seed;
        this.runsMax = runsMax;
        this.victims = victims;
    }

    /** Runs every fault in every scenario, or those that the options name. */
    public static void main(String[] arguments) {
        try {
            System.exit(run(options(arguments)) ? 0 : 1);
        } catch (ClientException | IllegalArgumentException told) {
            System.err.println("ecom: " + told.getMessage());
            System.exit(1);
        }
    }

    private static boolean run(Map<String, String> options) {
        // All are read before anything starts, so that a wrong one costs nobody half an hour.
        long seed = number(options, "--seed", ThreadLocalRandom.current().nextInt(SEEDS));
        int kills = (int) number(options, "--kills", KILLS);
        int runs = (int) Math.min(number(options, "--runs", Integer.MAX_VALUE), Integer.MAX_VALUE);
        Optional<Fault> at = Optional.ofNullable(options.get("--at")).map(Fault::parse);
        Set<Fault.Victim> victims = Optional.ofNullable(options.get("--victim"))
                .map(Fault.Victim::parse)
                .map(Set::of)
                .orElse(Set.of(Fault.Victim.values()));
        String only = options.getOrDefault("--only", "");
        boolean well = (!only.isEmpty() && !only.equals(STORY)) || story(seed, kills, System.out);
        return (only.equals(STORY) || recharges(seed, only, at, runs, victims)) && well;
    }

    /** The demo's story, until the machine was killed so often. */
    private static boolean story(long seed, int kills, PrintStream out) {
        int deaths = 0;
        int differences = 0;
        try (StorySoak soak = StorySoak.start(Path.of(System.getProperty("ecom.root")), directory(), seed)) {
            Runtime.getRuntime().addShutdownHook(new Thread(soak::close));
            out.printf("Seed %d. What the machine says is in %s.%n", seed, soak.log());
            for (int number = 1; deaths < kills; number++) {
                StorySoak.Played played = soak.play(Math.min(KILLS_A_STORY_MAX, kills - deaths));
                deaths += played.deaths();
                differences += played.differences().size();
                out.printf(
                        Locale.ROOT,
                        "story %3d  killed %d times, %3d of %d %28.1f s%n",
                        number,
                        played.deaths(),
                        deaths,
                        kills,
                        played.took().toMillis() / MILLIS_PER_S);
                played.differences().forEach(difference -> out.println("    DIFFERS: " + difference));
            }
        }
        out.printf("The machine was killed %d times: %d differences.%n", deaths, differences);
        return differences == 0;
    }

    private static boolean recharges(long seed, String only, Optional<Fault> at, int runs, Set<Fault.Victim> victims) {
        Path directory = directory();
        try (Soak soak = Soak.start(Path.of(System.getProperty("ecom.root")), directory)) {
            Runtime.getRuntime().addShutdownHook(new Thread(soak::close));
            Main main = new Main(soak, seed, runs, victims);
            main.out.printf("Seed %d. What the machine says is in %s.%n", seed, soak.log());
            for (String scenario : scenarios(soak, only)) {
                main.scenario(scenario, at);
            }
            Optional<String> late = soak.audit();
            late.ifPresent(difference -> main.out.println("    DIFFERS: " + difference));
            main.out.print(main.tally.table());
            return main.tally.isClean() && late.isEmpty();
        }
    }

    private static List<String> scenarios(Soak soak, String only) {
        List<String> all = soak.scenarios();
        if (only.isEmpty()) {
            return all;
        }
        if (!all.contains(only)) {
            throw new ClientException("there is no scenario '" + only + "'; there are " + String.join(", ", all) + ".");
        }
        return List.of(only);
    }

    private void scenario(String scenario, Optional<Fault> at) {
        List<Fault> faults = at.map(List::of).orElseGet(() -> discovered(scenario));
        for (int index = 0; index < Math.min(faults.size(), runsMax); index++) {
            Fault fault = faults.get(index);
            String count = "%d/%d".formatted(index + 1, Math.min(faults.size(), runsMax));
            Ending ending = soak.run(scenario, fault);
            tell(ending, fault, count);
            if (!ending.struck()) {
                tell(soak.runInNewInstance(scenario, fault), fault, count);
            }
        }
    }

    /** Those of instances first: a machine takes seconds to start again. */
    private List<Fault> discovered(String scenario) {
        return soak.discover(scenario, seed).stream()
                .filter(fault -> victims.contains(fault.victim()))
                .sorted(Comparator.comparing(Fault::victim))
                .toList();
    }

    private void tell(Ending ending, Fault fault, String count) {
        tally.add(ending);
        out.printf(
                Locale.ROOT,
                "%-14s %7s  %-88s %-9s %s %5.1f s%n",
                ending.scenario(),
                count,
                fault,
                ending.state(),
                ending.struck() ? " " : "-",
                ending.took().toMillis() / MILLIS_PER_S);
        ending.differences().forEach(difference -> out.println("    DIFFERS: " + difference));
        if (!ending.differences().isEmpty()) {
            out.printf("    again: %s%n", again(ending.scenario(), fault));
        }
    }

    private String again(String scenario, Fault fault) {
        return "./ecom soak --seed %d --only %s --at \"%s\"".formatted(seed, scenario, fault);
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (int index = 0; index < arguments.length; index += 2) {
            if (!OPTIONS.contains(arguments[index])) {
                throw new IllegalArgumentException("./ecom soak has no option " + arguments[index] + ".");
            }
            if (index + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[index] + " needs a value.");
            }
            options.put(arguments[index], arguments[index + 1]);
        }
        return options;
    }

    private static long number(Map<String, String> options, String name, long otherwise) {
        String text = options.getOrDefault(name, Long.toString(otherwise));
        if (!text.matches("\\d{1,10}")) {
            throw new IllegalArgumentException(name + " takes a number, not " + text + ".");
        }
        return Long.parseLong(text);
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("ecom-soak");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

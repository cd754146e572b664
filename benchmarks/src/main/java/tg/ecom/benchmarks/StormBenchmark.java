package tg.ecom.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tg.ecom.local.OptionReader;
import tg.ecom.local.Project;
import tg.ecom.local.UsageException;
import tg.ecom.platform.Json;

/** What the ledger withstands: the storm that the tests have it withstand for some seconds, for as long as asked. */
final class StormBenchmark implements Benchmark {
    private static final String TEST = "tg.ecom.ledger.ChaosTest";
    private static final int SECONDS = 60;
    private static final int SECONDS_MAX = 24 * 3_600;
    private static final int TOLD_MAX = 12;

    /** To build what is not built, to start and to compare, beside the storm itself. */
    private static final Duration BESIDE_MAX = Duration.ofMinutes(30);

    private final int seconds;
    private final Optional<Integer> seed;

    /** A minute, by any seed. */
    StormBenchmark() {
        this(SECONDS, Optional.empty());
    }

    private StormBenchmark(int seconds, Optional<Integer> seed) {
        this.seconds = seconds;
        this.seed = seed;
    }

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public String summary() {
        return "whether the ledger's books agree with every answer while its server dies";
    }

    @Override
    public StormBenchmark with(List<String> arguments) {
        int length = SECONDS;
        Optional<Integer> start = Optional.empty();
        OptionReader reader = new OptionReader(arguments);
        while (reader.hasNext()) {
            String option = reader.next();
            switch (option) {
                case "--seconds" -> length = reader.number(option, 1, SECONDS_MAX);
                case "--seed" -> start = Optional.of(reader.number(option, 0, Integer.MAX_VALUE));
                default ->
                    throw new UsageException(
                            "./ecom bench storm has no option " + option + "; ./ecom help lists them.");
            }
        }
        return new StormBenchmark(length, start);
    }

    @Override
    public List<Bar> run(Terminal terminal) {
        terminal.begin("Storming for %,d s, once the tests are built".formatted(seconds));
        Path root = Project.root();
        boolean hasPassed = test(root, terminal);
        terminal.end();
        Path reports = root.resolve("layers/ledger/target/surefire-reports");
        told(reports.resolve(TEST + "-output.txt")).forEach(terminal.out()::println);
        if (!hasPassed) {
            failures(reports.resolve(TEST + ".txt"), terminal.out());
        }
        return List.of(Bar.atMost("storms in which books, answers and model differed", hasPassed ? 0 : 1, 0));
    }

    /** What runs it, as {@code ./ecom test} does. */
    List<String> command(Path root) {
        List<String> command = new ArrayList<>(List.of(
                root.resolve("ecom").toString(),
                "test",
                "--projects",
                "layers/ledger",
                "--also-make",
                "-Dtest=" + TEST,
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "-Dchaos.seconds=" + seconds));
        seed.ifPresent(start -> command.add("-Dseed=" + start));
        return command;
    }

    /** Runs it. @return whether it passed */
    private boolean test(Path root, Terminal terminal) {
        Path log = root.resolve("benchmarks/target/storm.log");
        try {
            Process process = new ProcessBuilder(command(root))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                return hasPassed(process, terminal);
            } finally {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
            }
        } catch (IOException failed) {
            throw new BenchmarkFailure("The test can't be started: " + failed.getMessage() + ".", failed);
        }
    }

    private boolean hasPassed(Process process, Terminal terminal) {
        long began = System.nanoTime();
        Duration length = BESIDE_MAX.plusSeconds(seconds);
        boolean hasEnded = Waiting.atMost(length, () -> {
            terminal.progress(
                    "second", (int) Duration.ofNanos(System.nanoTime() - began).toSeconds(), seconds);
            return !process.isAlive();
        });
        if (!hasEnded) {
            throw new BenchmarkFailure("The storm had not ended after " + length.toMinutes() + " minutes.");
        }
        return process.exitValue() == 0;
    }

    /** What the test says that it did and saw, as it logs it: one thing a line. */
    private static List<String> told(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" attempts, "))
                    .map(StormBenchmark::message)
                    .flatMap(message -> Stream.of(message.split(", |: \\{|}")))
                    .map(what -> "  " + what)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String message(String line) {
        try {
            return Json.mapper().readTree(line).path("message").textValue();
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException("a line of the log is JSON", notJson);
        }
    }

    private static void failures(Path report, PrintStream out) {
        try (Stream<String> lines = Files.lines(report)) {
            lines.filter(line -> line.contains("Error: ") || line.contains("-Dseed"))
                    .limit(TOLD_MAX)
                    .forEach(line -> out.println("  " + line.strip()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

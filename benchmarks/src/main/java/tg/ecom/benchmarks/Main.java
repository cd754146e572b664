package tg.ecom.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tg.ecom.client.ClientException;
import tg.ecom.local.Project;
import tg.ecom.local.UsageException;
import tg.ecom.local.parts.PartFailure;
import tg.ecom.local.template.TemplateFailure;

/** The program behind {@code ./ecom bench}. Exit code 1 when a bar is missed or there is no such benchmark. */
public final class Main {
    private static final int FAILED = 1;
    private static final int CLOSING_MAX_S = 60;
    private static final List<Benchmark> ALL = List.of(
            new FlowBenchmark(new ChargeFlow()),
            new FlowBenchmark(new OrderFlow()),
            new StatesBenchmark(),
            new LedgerBenchmark(),
            new StormBenchmark());

    private Main() {}

    /** Runs the benchmark of that name, as the options after it have it, or lists them all. */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        PrintStream errors = System.err;
        if (arguments.length == 0) {
            ALL.forEach(each -> out.printf("  ./ecom bench %-8s %s%n", each.name(), each.summary()));
            return;
        }
        Benchmark chosen = chosen(List.of(arguments), errors);
        Path log = sendLogsToFile();
        CountDownLatch isOver = closeWhenToldToEnd();
        try {
            System.exit(run(chosen, new Terminal(out, isTerminal()), isOver) ? 0 : FAILED);
        } catch (PartFailure | TemplateFailure | BenchmarkFailure | ClientException told) {
            errors.println("ecom: " + told.getMessage() + " What functions and servers said is in " + log + ".");
            System.exit(FAILED);
        } catch (RuntimeException unforeseen) {
            unforeseen.printStackTrace();
            errors.println("ecom: bench ended by a fault of its own: " + unforeseen + "; more is in " + log + ".");
            System.exit(FAILED);
        }
    }

    /** The benchmark of that name, as the options after it have it; or says why there is none, and ends. */
    private static Benchmark chosen(List<String> arguments, PrintStream errors) {
        String name = arguments.getFirst();
        try {
            return ALL.stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new UsageException(
                            "there is no benchmark '" + name + "'; ./ecom bench lists those that there are."))
                    .with(arguments.subList(1, arguments.size()));
        } catch (UsageException told) {
            errors.println("ecom: " + told.getMessage());
            System.exit(FAILED);
            throw told;
        }
    }

    // Error Prone knows JDK 22 to 24, where there always was a console; since JDK 25 there is none again without a
    // terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal();
    }

    private static boolean run(Benchmark benchmark, Terminal terminal, CountDownLatch isOver) {
        List<Bar> bars;
        try {
            bars = benchmark.run(terminal);
        } finally {
            isOver.countDown();
        }
        terminal.out().println();
        bars.forEach(bar -> bar.print(terminal.out()));
        return bars.stream().allMatch(Bar::isMet);
    }

    /** So that Ctrl-C leaves no server and no data behind. */
    private static CountDownLatch closeWhenToldToEnd() {
        CountDownLatch isOver = new CountDownLatch(1);
        Thread benchmark = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            benchmark.interrupt();
            try {
                var _ = isOver.await(CLOSING_MAX_S, TimeUnit.SECONDS);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }));
        return isOver;
    }

    /** Functions and servers write to standard output and error; the terminal is for the figures. */
    private static Path sendLogsToFile() {
        try {
            Path log = Project.root().resolve("benchmarks/target/bench.log");
            PrintStream file = new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8);
            System.setOut(file);
            System.setErr(file);
            return log;
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }
}

package tg.ecom.benchmarks;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tg.ecom.local.parts.PostgresServer;

/** How fast the ledger is, in ratios of one run: a figure of one machine says nothing of another. */
final class LedgerBenchmark implements Benchmark {
    /** Room for what is read over and over, and no checkpoint while anything is measured. */
    private static final Map<String, String> SETTINGS =
            Map.of("shared_buffers", "1GB", "max_wal_size", "8GB", "checkpoint_timeout", "30min");

    private final LedgerOptions options;

    /** All of it. */
    LedgerBenchmark() {
        this(LedgerOptions.parse(List.of()));
    }

    private LedgerBenchmark(LedgerOptions options) {
        this.options = options;
    }

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public String summary() {
        return "how fast the ledger posts, beside the least that a posting can be, and beside pgledger";
    }

    @Override
    public Benchmark with(List<String> arguments) {
        return new LedgerBenchmark(LedgerOptions.parse(arguments));
    }

    @Override
    public List<Bar> run(Terminal terminal) {
        terminal.begin("Starting PostgreSQL (fsync on) and migrating");
        try (TemporaryPostgres postgres = TemporaryPostgres.start(SETTINGS);
                LedgerBooks template = LedgerBooks.open(postgres.server(), "bench_template");
                Callers callers = new Callers(Contender.CLIENTS)) {
            LedgerReport report = new LedgerReport(terminal.out());
            Race race = new Race(
                    terminal,
                    postgres.server().dataSource(PostgresServer.ADMINISTRATOR),
                    callers,
                    Duration.ofSeconds(options.seconds()));
            LedgerCourse course = new LedgerCourse(terminal, template, callers, race, report, options);
            parts().forEach((name, part) -> {
                if (options.parts().contains(name)) {
                    part.run(course);
                }
            });
            report.legend();
            Conditions.print(terminal.out());
            return report.bars();
        }
    }

    private static Map<LedgerOptions.Part, LedgerPart> parts() {
        return new EnumMap<>(Map.of(
                LedgerOptions.Part.RANDOM, new RandomPart(),
                LedgerOptions.Part.HOT, new HotPart(),
                LedgerOptions.Part.BULK, new BulkPart(),
                LedgerOptions.Part.FULL, new FullPart()));
    }
}

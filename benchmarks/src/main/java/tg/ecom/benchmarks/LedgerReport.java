package tg.ecom.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the ledger's benchmark found, for people to read, and the bars that came of it. */
final class LedgerReport {
    private final PrintStream out;
    private final List<Bar> bars = new ArrayList<>();

    LedgerReport(PrintStream out) {
        this.out = out;
    }

    /** Begins a table of contenders. */
    void title(String title) {
        out.printf("%s:%n%n", title);
        row("", "a second", "p50 ms", "p99 ms", "WAL bytes");
    }

    /** A line of each contender, in that order. */
    void contenders(List<Contender> contenders, Results results) {
        contenders.forEach(contender -> {
            List<Stint> stints = results.of(contender);
            row(
                    contender.name(),
                    Stint.each(stints, Stint::perSecond).told(0),
                    Stint.each(stints, Stint::p50Ms).told(1),
                    Stint.each(stints, Stint::p99Ms).told(1),
                    String.format(
                            Locale.ROOT,
                            "%,.0f",
                            Stint.each(stints, Stint::walBytes).median()));
        });
    }

    /** A line of what was not measured, and why. */
    void missing(String name, String why) {
        out.printf("  %-40s   not measured: %s%n", name, why);
    }

    /** A line below the table: a ratio of rates, which is to reach the least. */
    void ratio(String what, Rounds ratio, double least) {
        out.printf("  %-70s %24s%n", what, ratio.told(2));
        bars.add(Bar.atLeast(what, ratio.median(), least));
    }

    /** Ends a table, or the lines below it. */
    void space() {
        out.println();
    }

    /** What a reader has to know of the names in all tables. */
    void legend() {
        out.println("""

                  WAL bytes are those of one call, in the median. Each posting has an idempotency key of its own where it
                  is ours, and is one statement that commits by itself, but for one instance's: there the clients are the
                  requests that an instance serves at once, and it gathers what they post. Bare UPDATEs and INSERTs are
                  two of each in a function that looks at nothing. An instance's postings, a function's Ledger.post,
                  balance and statement go by the layers' Java code, the rest by JDBC alone.\
                """.stripTrailing());
    }

    /** The bars of all parts so far. */
    List<Bar> bars() {
        return List.copyOf(bars);
    }

    private void row(String name, String perSecond, String p50, String p99, String wal) {
        out.println(String.format(Locale.ROOT, "  %-40s %24s %21s %23s %10s", name, perSecond, p50, p99, wal)
                .stripTrailing());
    }
}

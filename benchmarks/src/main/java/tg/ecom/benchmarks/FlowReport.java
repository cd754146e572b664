package tg.ecom.benchmarks;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import tg.ecom.local.template.FunctionDefinition;
import tg.ecom.local.usage.Counts;
import tg.ecom.local.usage.Counts.Kind;
import tg.ecom.local.usage.Item;
import tg.ecom.local.usage.Meter;
import tg.ecom.local.usage.Usage;

/** What a flow used and cost, for people to read. */
final class FlowReport {
    private static final int GB_SECONDS_DECIMALS = 3;

    private final Flow flow;
    private final List<FunctionDefinition> functions;
    private final List<Sample> samples;
    private final Counts whole;

    /** Of those samples, and of all that was counted from the first to the last, warming up included. */
    FlowReport(Flow flow, List<FunctionDefinition> functions, List<Sample> samples, Counts whole) {
        this.flow = flow;
        this.functions = functions.stream()
                .sorted(Comparator.comparing(FunctionDefinition::logicalPath))
                .toList();
        this.samples = samples;
        this.whole = whole;
    }

    /** How much of an item each time took. A bar holds for each time, not for the typical one. */
    Rounds each(Item item) {
        return each(sample -> usage(sample.counts()).count(item));
    }

    /** Round trips to PostgreSQL of one function. */
    Rounds roundTrips(String logicalPath) {
        FunctionDefinition function = functions.stream()
                .filter(each -> each.logicalPath().equals(logicalPath))
                .findFirst()
                .orElseThrow();
        return each(Sample::counts, Kind.ROUND_TRIP, function);
    }

    void print(PrintStream out) {
        out.printf("%s; the median of %d, each by itself:%n%n", flow.title(), samples.size());
        table().print(out, flow.one(), "1,000 " + flow.name() + "s");
        out.println("\n  Of Lambda and PostgreSQL, by function:\n");
        byFunction(out);
        out.printf("%n  Not of %s, and not in its price:%n%n", flow.one());
        apart(out);
        out.println("""

                  Prices: AWS's list, US East (N. Virginia), first tier, nothing free. State transitions are the
                  states executed, retries, and the start. Lambda's time is this machine's, with all else beside it.
                  Aurora Serverless is paid for by the hour of its capacity, not by the statement; logs, traffic, CloudFront,
                  text messages and operators' fees are left out too.\
                """.stripTrailing());
    }

    private CostTable table() {
        CostTable table = new CostTable();
        for (Item item : usage(whole).items()) {
            int decimals = item == Item.GB_SECONDS ? GB_SECONDS_DECIMALS : 0;
            item.price()
                    .ifPresentOrElse(
                            price -> table.add(item.title(), each(item), decimals, price),
                            () -> table.addUnpriced(item.title(), each(item), "not in this list"));
        }
        Rounds roundTrips =
                each(sample -> caused().mapToDouble(function -> sample.counts().of(Kind.ROUND_TRIP, function.name()))
                        .sum());
        return table.addUnpriced("PostgreSQL round trips", roundTrips, "not by its count");
    }

    private void byFunction(PrintStream out) {
        CostTable.row(out, "", "invocations", "billed ms", "memory", "round trips");
        caused().forEach(function -> {
            Rounds invoked = each(Sample::counts, Kind.INVOCATION, function);
            if (invoked.highest() > 0) {
                CostTable.row(
                        out,
                        function.logicalPath(),
                        invoked.told(0),
                        each(Sample::counts, Kind.BILLED_MS, function).told(0),
                        function.memoryMb() + " MB",
                        each(Sample::counts, Kind.ROUND_TRIP, function).told(0));
            }
        });
    }

    private void apart(PrintStream out) {
        functions.stream().filter(FunctionDefinition::runsByTheClock).forEach(function -> {
            long runs = whole.of(Kind.INVOCATION, function.name());
            if (runs > 0) {
                out.printf(
                        Locale.ROOT,
                        "  %-28s ran %d times by the clock, round trips %d%n",
                        function.logicalPath(),
                        runs,
                        whole.of(Kind.ROUND_TRIP, function.name()));
            }
        });
        caused().forEach(function -> {
            if (each(Sample::polling, Kind.INVOCATION, function).highest() > 0) {
                out.printf(
                        Locale.ROOT,
                        "  %-28s each time the app asks: %s ms, round trips %s, $%.8f%n",
                        function.logicalPath(),
                        each(Sample::polling, Kind.BILLED_MS, function).told(0),
                        each(Sample::polling, Kind.ROUND_TRIP, function).told(0),
                        each(sample -> usage(sample.polling()).dollars()).median());
            }
        });
        out.printf(
                Locale.ROOT,
                "  %-28s %d log-ins, %d receives that found nothing%n",
                "all, warming up included",
                whole.sum(Kind.LOG_IN, any -> true),
                whole.of(Kind.CALL, Meter.EMPTY_RECEIVE));
    }

    private Usage usage(Counts counts) {
        return Usage.caused(counts, functions);
    }

    private Stream<FunctionDefinition> caused() {
        return functions.stream().filter(function -> !function.runsByTheClock());
    }

    private Rounds each(Function<Sample, Counts> part, Kind kind, FunctionDefinition function) {
        return each(sample -> part.apply(sample).of(kind, function.name()));
    }

    private Rounds each(ToDoubleFunction<Sample> figure) {
        return Rounds.of(samples.stream().mapToDouble(figure).boxed().toList());
    }
}

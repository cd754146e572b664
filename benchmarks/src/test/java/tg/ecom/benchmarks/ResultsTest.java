package tg.ecom.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final Contender OURS = contender("ours");
    private static final Contender THEIRS = contender("theirs");

    @Test
    void order_movesOnByOneEachRound_soThatEachComesFirstAndLast() {
        assertEquals(List.of("a", "b", "c"), Race.order(List.of("a", "b", "c"), 0));
        assertEquals(List.of("b", "c", "a"), Race.order(List.of("a", "b", "c"), 1));
        assertEquals(List.of("c", "a", "b"), Race.order(List.of("a", "b", "c"), 2));
        assertEquals(List.of("a", "b", "c"), Race.order(List.of("a", "b", "c"), 3));
    }

    @Test
    void stint_isToldInSecondsMillisecondsAndBytesOfACall() {
        double[] nanos = {3e6, 1e6, 2e6, 9e6};
        assertEquals(new Stint(4, 8, 3, 9, 250), Stint.of(nanos, 500_000_000, 1_000));
    }

    @Test
    void ratio_isOfEachRound_andWarmUpsDontCount_butTheirCallsDo() {
        Results results = results();
        assertEquals(List.of(0.5, 2.0, 3.0), results.ratio(OURS, THEIRS).values());
        assertEquals(2, results.ratio(OURS, THEIRS).median());
        assertEquals(1_111 + 5 + 20 + 30, results.calls(List.of(OURS)));
        assertEquals(1_111 + 5 + 20 + 30 + 1 + 10 + 10 + 10, results.calls(List.of(OURS, THEIRS)));
    }

    @Test
    void printed_eachContenderHasALine_andEachRatioIsABar() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LedgerReport report = new LedgerReport(new PrintStream(out, true, StandardCharsets.UTF_8));
        report.title("Transfers");
        report.contenders(List.of(OURS), results());
        report.missing("theirs", "they are not here");
        report.ratio("ours beside theirs", results().ratio(OURS, THEIRS), 3);
        assertEquals(
                List.of(
                        "Transfers:",
                        "",
                        "a second|p50 ms|p99 ms|WAL bytes",
                        "ours|20 (5 to 30)|1.0|2.0|700",
                        "theirs|not measured: they are not here",
                        "ours beside theirs|2.00 (0.50 to 3.00)"),
                out.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> line.strip().replaceAll(" {2,}", "|"))
                        .toList());
        assertEquals(List.of(Bar.atLeast("ours beside theirs", 2, 3)), report.bars());
    }

    private static Results results() {
        return new Results(
                Map.of(
                        OURS, List.of(stint(1_111), stint(5), stint(20), stint(30)),
                        THEIRS, List.of(stint(1), stint(10), stint(10), stint(10))),
                1);
    }

    private static Stint stint(int calls) {
        return new Stint(calls, calls, 1, 2, 700);
    }

    private static Contender contender(String name) {
        return Contender.of(name, client -> () -> {});
    }
}

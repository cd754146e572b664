package tg.ecom.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tg.ecom.local.usage.Price;

class CostTableTest {
    private static final double TOLERANCE = 1e-15;

    private final CostTable table = new CostTable()
            .add("transitions", Rounds.of(List.of(3, 3, 9)), Price.STATE_TRANSITION)
            .add("invocations", Rounds.of(List.of(5, 5, 5)), Price.LAMBDA_REQUEST)
            .add("GB-seconds", Rounds.of(List.of(0.1, 0.25, 0.5)), 3, Price.LAMBDA_GB_SECOND)
            .addUnpriced("round trips", Rounds.of(List.of(20, 20, 20)), "not by its count");

    @Test
    void sum_isOfTheMediansAtTheirPrices_andOfWhatHasAPriceOnly() {
        assertEquals(0.000075 + 0.000001 + 0.25 * 0.0000133334, table.dollars(), TOLERANCE);
    }

    @Test
    void printed_eachLineHasItsCountPriceAndCost_andTheSumStandsBelow() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        table.print(new PrintStream(out, true, StandardCharsets.UTF_8), "a charge", "1,000 charges");
        List<String> lines = out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.strip().replaceAll(" {2,}", "|"))
                .toList();
        assertEquals(
                List.of(
                        "counted|list price|a charge|1,000 charges",
                        "transitions|3 (3 to 9)|$0.025 / 1,000|$0.00007500|$0.07500",
                        "invocations|5|$0.200 / 1,000,000|$0.00000100|$0.00100",
                        "GB-seconds|0.250 (0.100 to 0.500)|$0.0000133334|$0.00000333|$0.00333",
                        "round trips|20|not by its count",
                        "all of it|$0.00007933|$0.07933"),
                lines);
    }

    @Test
    void bars_aboveAndBelow() {
        assertTrue(Bar.atMost("transitions", 6, 6).isMet());
        assertEquals(false, Bar.atMost("transitions", 7, 6).isMet());
        assertTrue(Bar.atLeast("executions", 300, 300).isMet());
        assertEquals(false, Bar.atLeast("executions", 299.9, 300).isMet());
    }
}

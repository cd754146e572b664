package tg.ecom.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tg.ecom.local.usage.Price;

/** What something uses and costs, a line each, with the sum below. */
final class CostTable {
    private static final int THOUSAND = 1_000;

    private final List<Line> lines = new ArrayList<>();

    /**
     * A line.
     *
     * @param price none for what is not priced here
     * @param listed the list price, or why there is none
     */
    private record Line(String what, Rounds counted, int decimals, Optional<Price> price, String listed) {
        double dollars() {
            return price.map(each -> each.of(counted.median())).orElse(0.0);
        }
    }

    /** Adds a line, of a whole count. */
    CostTable add(String what, Rounds counted, Price price) {
        return add(what, counted, 0, price);
    }

    /** Adds a line, of a count with so many decimals. */
    CostTable add(String what, Rounds counted, int decimals, Price price) {
        lines.add(new Line(what, counted, decimals, Optional.of(price), price.listed()));
        return this;
    }

    /** Adds a line that does not go into the sum, and says why. */
    CostTable addUnpriced(String what, Rounds counted, String why) {
        lines.add(new Line(what, counted, 0, Optional.empty(), why));
        return this;
    }

    /** All lines at their medians, in dollars. */
    double dollars() {
        return lines.stream().mapToDouble(Line::dollars).sum();
    }

    void print(PrintStream out, String one, String many) {
        row(out, "", "counted", "list price", one, many);
        for (Line line : lines) {
            row(
                    out,
                    line.what,
                    line.counted.told(line.decimals),
                    line.listed,
                    line.price.isPresent() ? money(line.dollars(), 8) : "",
                    line.price.isPresent() ? money(line.dollars() * THOUSAND, 5) : "");
        }
        row(out, "all of it", "", "", money(dollars(), 8), money(dollars() * THOUSAND, 5));
    }

    /** Prints a row of five columns, which tables beside this one have too. */
    static void row(PrintStream out, String what, String counted, String price, String one, String many) {
        out.println(String.format(Locale.ROOT, "  %-28s %-26s %-21s %12s %14s", what, counted, price, one, many)
                .stripTrailing());
    }

    private static String money(double dollars, int decimals) {
        return dollars == 0 ? "$0" : String.format(Locale.ROOT, "$%." + decimals + "f", dollars);
    }
}

package tg.ecom.benchmarks;

import java.util.List;

/**
 * What each part of the ledger's benchmark is run with.
 *
 * @param template books that nothing was posted in but money for all, for a part to copy
 * @param callers as many as each contender has clients
 * @param race who measures
 * @param report who tells
 */
record LedgerCourse(
        Terminal terminal,
        LedgerBooks template,
        Callers callers,
        Race race,
        LedgerReport report,
        LedgerOptions options) {

    /** Measures contenders, and prints them as they came out. */
    Results race(String title, List<Contender> contenders) {
        terminal.begin("Measuring");
        Results results = race.run(contenders);
        report.title("%s, %d clients; the median of %d rounds of %d s (lowest to highest)"
                .formatted(title, Contender.CLIENTS, Race.ROUNDS, options.seconds()));
        report.contenders(contenders, results);
        return results;
    }

    /** Ends what is told of a part: what was posted in it is checked. */
    void checkBooks() {
        report.space();
        terminal.begin("Checking the books");
    }
}

package tg.ecom.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Postings of many entries, and many postings, at once, beside single ones of two. */
final class BulkPart implements LedgerPart {
    private static final int PAYEES = 100;
    private static final double LEAST = 6;

    /**
     * A way of posting many entries.
     *
     * @param entries of one call
     */
    private record Way(Contender contender, int entries) {
        Rounds entriesPerSecond(Results results) {
            return Stint.each(results.of(contender), stint -> stint.perSecond() * entries);
        }

        long entries(Results results) {
            return results.calls(List.of(contender)) * entries;
        }
    }

    @Override
    public void run(LedgerCourse course) {
        try (LedgerBooks books = course.template().copy("bench_bulk");
                Connections connections = books.connect()) {
            // Each client is an employer with a staff of its own.
            int staff = LedgerBooks.PEOPLE / course.callers().count();
            Parties employers = Parties.toSeveral(PAYEES, staff).apart(staff);
            Way single = new Way(
                    PostingCall.contender(
                            "a posting of 2 entries", books, connections, Parties.amongst(LedgerBooks.PEOPLE)),
                    2);
            List<Way> bulk = List.of(
                    new Way(
                            PostingCall.contender(
                                    "a posting of %d entries".formatted(1 + PAYEES), books, connections, employers),
                            1 + PAYEES),
                    new Way(
                            PostingCall.batches(
                                    "a batch of %d postings of 2 entries".formatted(PAYEES),
                                    books,
                                    connections,
                                    employers),
                            2 * PAYEES));
            List<Way> all = new ArrayList<>(List.of(single));
            all.addAll(bulk);

            long before = books.entries();
            books.settle();
            Results results = course.race(
                    "Postings of many entries", all.stream().map(Way::contender).toList());
            course.report().space();
            for (Way way : bulk) {
                course.report()
                        .ratio(
                                "entries a second in " + way.contender().name() + ", beside one of 2",
                                way.entriesPerSecond(results).by(single.entriesPerSecond(results)),
                                LEAST);
            }
            course.checkBooks();
            books.requireSound(
                    before + all.stream().mapToLong(way -> way.entries(results)).sum());
        }
    }
}

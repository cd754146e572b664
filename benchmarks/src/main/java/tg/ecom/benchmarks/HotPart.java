package tg.ecom.benchmarks;

import java.util.List;

/** Everybody pays one: a store, whose wallet accumulates and is not locked, or a person, whose wallet is. */
final class HotPart implements LedgerPart {
    private static final double STORE_LEAST = 0.8;
    private static final double PERSON_LEAST = 0.3;

    @Override
    public void run(LedgerCourse course) {
        try (LedgerBooks books = course.template().copy("bench_hot");
                Connections connections = books.connect()) {
            Contender random =
                    PostingCall.contender("to anybody", books, connections, Parties.amongst(LedgerBooks.PEOPLE));
            Contender store = PostingCall.contender(
                    "to one store", books, connections, Parties.allTo(LedgerBooks.STORE, LedgerBooks.PEOPLE));
            Contender person = PostingCall.contender(
                    "to one person", books, connections, Parties.allTo(LedgerBooks.NEWCOMER, LedgerBooks.PEOPLE));
            List<Contender> all = List.of(random, store, person);

            long before = books.entries();
            books.settle();
            Results results = course.race("Transfers that all go to one", all);
            course.report().space();
            course.report().ratio("to one store, beside to anybody", results.ratio(store, random), STORE_LEAST);
            course.report().ratio("to one person, beside to anybody", results.ratio(person, random), PERSON_LEAST);
            course.checkBooks();
            books.requireSound(before + 2 * results.calls(all));
        }
    }
}

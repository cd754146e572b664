package tg.ecom.benchmarks;

import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What people do most, in tables with millions of entries, beside the same in tables with few. */
final class FullPart implements LedgerPart {
    private static final double LEAST = 0.85;

    /** So many laps fill a page of everybody's statement. */
    private static final int LAPS_OF_A_PAGE = FunctionLedger.PAGE / 2;

    /** The same done in both. */
    private record Pair(String what, Contender few, Contender many) {
        Stream<Contender> both() {
            return Stream.of(few, many);
        }
    }

    @Override
    public void run(LedgerCourse course) {
        int laps = Math.ceilDiv(course.options().entries(), LedgerHistory.LAP);
        String filled = "%,d entries".formatted(laps * LedgerHistory.LAP);
        try (LedgerBooks few = course.template().copy("bench_empty");
                LedgerBooks many = course.template().copy("bench_full");
                Connections toFew = few.connect();
                Connections toMany = many.connect()) {
            course.terminal().begin("Filling tables with " + filled);
            new LedgerHistory(many, course.terminal()).fill(laps);
            course.terminal().begin("Posting a page for everybody in others");
            new LedgerHistory(few, course.terminal()).post(LAPS_OF_A_PAGE, toFew, course.callers());
            course.terminal().begin("Vacuuming both");
            few.settle();
            many.settle();
            long entriesOfFew = few.entries();
            long entriesOfMany = many.entries();

            Pair posting = new Pair(
                    "posting",
                    PostingCall.contender("posting, few entries", few, toFew, anybody()),
                    PostingCall.contender("posting, " + filled, many, toMany, anybody()));
            Pair balance = reading("balance", filled, few, many, FunctionLedger::readBalance);
            Pair statement = reading("statement", filled, few, many, FunctionLedger::readStatement);
            List<Pair> pairs = List.of(posting, balance, statement);
            Results results = course.race(
                    "Tables with %s beside tables with few".formatted(filled),
                    pairs.stream().flatMap(Pair::both).toList());
            course.report().space();
            pairs.forEach(pair -> course.report()
                    .ratio(
                            "%s with %s, beside few".formatted(pair.what(), filled),
                            results.ratio(pair.many(), pair.few()),
                            LEAST));
            course.checkBooks();
            few.requireSound(entriesOfFew + 2 * results.calls(List.of(posting.few())));
            many.requireEntries(entriesOfMany + 2 * results.calls(List.of(posting.many())));
        }
    }

    private static Parties anybody() {
        return Parties.amongst(LedgerBooks.PEOPLE);
    }

    private static Pair reading(
            String what, String filled, LedgerBooks few, LedgerBooks many, BiConsumer<FunctionLedger, UUID> read) {
        return new Pair(what, reader(what + ", few entries", few, read), reader(what + ", " + filled, many, read));
    }

    private static Contender reader(String name, LedgerBooks books, BiConsumer<FunctionLedger, UUID> read) {
        return Contender.of(name, client -> {
            FunctionLedger function = books.function();
            Supplier<int[]> drawn = anybody().drawnBy(client);
            return () -> read.accept(function, books.wallet(drawn.get()[0]));
        });
    }
}

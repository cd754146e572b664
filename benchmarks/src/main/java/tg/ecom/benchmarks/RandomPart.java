package tg.ecom.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Transfers between any two people, of many and of few, beside the least that a transfer can be and another ledger. */
final class RandomPart implements LedgerPart {
    private static final double FLOOR_LEAST = 0.65;
    private static final List<Crowd> CROWDS =
            List.of(new Crowd(LedgerBooks.PEOPLE, 3), new Crowd(50, 2), new Crowd(10, 1.5));

    /**
     * So many people among whom money goes to and fro.
     *
     * @param pgledgerLeast how many times as fast as pgledger we are to be
     */
    private record Crowd(int people, double pgledgerLeast) {
        String named(String what) {
            return "%s, %,d wallets".formatted(what, people);
        }
    }

    /** We and pgledger, if it is there, in the same crowd. */
    private record Rivals(Crowd crowd, Contender ours, Optional<Contender> pgledgers) {}

    @Override
    public void run(LedgerCourse course) {
        try (LedgerBooks books = course.template().copy("bench_random");
                Connections connections = books.connect()) {
            Floor floor = new Floor(books);
            Optional<Pgledger> pgledger = course.options().pgledger().map(file -> new Pgledger(books, file));
            Contender least = floor.contender(
                    CROWDS.getFirst().named("bare UPDATEs and INSERTs"),
                    connections,
                    Parties.amongst(LedgerBooks.PEOPLE));
            Contender byFunction = functions(books);
            List<Rivals> rivals = CROWDS.stream()
                    .map(crowd -> rivals(crowd, books, connections, pgledger))
                    .toList();
            List<Contender> ours =
                    new ArrayList<>(rivals.stream().map(Rivals::ours).toList());
            ours.add(byFunction);
            List<Contender> theirs =
                    rivals.stream().flatMap(each -> each.pgledgers().stream()).toList();
            List<Contender> all = new ArrayList<>(List.of(least));
            all.addAll(ours);
            all.addAll(theirs);

            long before = books.entries();
            books.settle();
            Results results = course.race("Transfers between random wallets", all);
            tell(course.report(), rivals, least, results);
            course.checkBooks();
            books.requireSound(before + 2 * results.calls(ours));
            floor.requireSound(results.calls(List.of(least)));
            pgledger.ifPresent(each -> each.requireSound(results.calls(theirs)));
        }
    }

    private static Rivals rivals(Crowd crowd, LedgerBooks books, Connections connections, Optional<Pgledger> pgledger) {
        Parties parties = Parties.amongst(crowd.people());
        return new Rivals(
                crowd,
                PostingCall.contender(crowd.named("ledger.post"), books, connections, parties),
                pgledger.map(each -> each.contender(crowd.named("pgledger"), connections, parties)));
    }

    private static Contender functions(LedgerBooks books) {
        Crowd crowd = CROWDS.getFirst();
        return Contender.of(crowd.named("a function's Ledger.post"), client -> {
            FunctionLedger function = books.function();
            Supplier<int[]> drawn = Parties.amongst(crowd.people()).drawnBy(client);
            return () -> {
                int[] parties = drawn.get();
                function.transfer(books.wallet(parties[0]), books.wallet(parties[1]));
            };
        });
    }

    private static void tell(LedgerReport report, List<Rivals> rivals, Contender least, Results results) {
        rivals.stream()
                .filter(each -> each.pgledgers().isEmpty())
                .forEach(each ->
                        report.missing(each.crowd().named("pgledger"), "its SQL is to be given by --pgledger FILE"));
        report.space();
        report.ratio(
                "ledger.post beside bare UPDATEs and INSERTs",
                results.ratio(rivals.getFirst().ours(), least),
                FLOOR_LEAST);
        for (Rivals each : rivals) {
            each.pgledgers()
                    .ifPresent(theirs -> report.ratio(
                            each.crowd().named("ledger.post beside pgledger"),
                            results.ratio(each.ours(), theirs),
                            each.crowd().pgledgerLeast()));
        }
    }
}

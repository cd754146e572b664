package tg.ecom.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Transfers between any two people, of many and of few, beside the least that a transfer can be and another ledger. */
final class RandomPart implements LedgerPart {
    private static final double FLOOR_LEAST = 0.65;
    private static final String SINGLE = "ledger.post";
    private static final String GATHERED = "one instance's postings";
    private static final String BESIDE_FLOOR = " beside bare UPDATEs and INSERTs";
    private static final String BESIDE_PGLEDGER = " beside pgledger";
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

    /**
     * We and pgledger, if it is there, in the same crowd.
     *
     * @param single each client by itself, as an instance that serves one request at a time
     * @param gathered all of them as the requests of one instance
     */
    private record Rivals(Crowd crowd, Contender single, Contender gathered, Optional<Contender> pgledgers) {
        Stream<Contender> ours() {
            return Stream.of(single, gathered);
        }
    }

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
            Contender byFunction = functions(
                    CROWDS.getFirst().named("a function's Ledger.post"),
                    books,
                    Parties.amongst(LedgerBooks.PEOPLE),
                    books::function);
            List<Rivals> rivals = CROWDS.stream()
                    .map(crowd -> rivals(crowd, books, connections, pgledger))
                    .toList();
            List<Contender> ours = Stream.concat(rivals.stream().flatMap(Rivals::ours), Stream.of(byFunction))
                    .toList();
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
        FunctionLedger instance = books.function();
        return new Rivals(
                crowd,
                PostingCall.contender(crowd.named(SINGLE), books, connections, parties),
                functions(crowd.named(GATHERED), books, parties, () -> instance),
                pgledger.map(each -> each.contender(crowd.named("pgledger"), connections, parties)));
    }

    /** Clients that go by the layers' code. */
    private static Contender functions(
            String name, LedgerBooks books, Parties parties, Supplier<FunctionLedger> functionOfClient) {
        return Contender.of(name, client -> {
            FunctionLedger function = functionOfClient.get();
            Supplier<int[]> drawn = parties.drawnBy(client);
            return () -> {
                int[] pair = drawn.get();
                function.transfer(books.wallet(pair[0]), books.wallet(pair[1]));
            };
        });
    }

    private static void tell(LedgerReport report, List<Rivals> rivals, Contender least, Results results) {
        rivals.stream()
                .filter(each -> each.pgledgers().isEmpty())
                .forEach(each ->
                        report.missing(each.crowd().named("pgledger"), "its SQL is to be given by --pgledger FILE"));
        report.space();
        Rivals most = rivals.getFirst();
        report.ratio(SINGLE + BESIDE_FLOOR, results.ratio(most.single(), least), FLOOR_LEAST);
        report.ratio(GATHERED + BESIDE_FLOOR, results.ratio(most.gathered(), least), FLOOR_LEAST);
        for (Rivals each : rivals) {
            each.pgledgers().ifPresent(theirs -> {
                Crowd crowd = each.crowd();
                report.ratio(
                        crowd.named(SINGLE + BESIDE_PGLEDGER),
                        results.ratio(each.single(), theirs),
                        crowd.pgledgerLeast());
                report.ratio(
                        crowd.named(GATHERED + BESIDE_PGLEDGER),
                        results.ratio(each.gathered(), theirs),
                        crowd.pgledgerLeast());
            });
        }
    }
}

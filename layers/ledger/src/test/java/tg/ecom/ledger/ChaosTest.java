package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many clients do everything at once while connections are killed and the server dies. Then the books must agree with
 * every answer, and with the model. {@code -Dchaos.seconds} makes it longer, {@code -Dseed} the same again, as far as
 * threads do the same again.
 */
class ChaosTest {
    private static final Logger LOG = LoggerFactory.getLogger(ChaosTest.class);
    private static final int CLIENTS = 16;

    /** So many of them are requests of one instance, whose postings are gathered; the others have one each. */
    private static final int CLIENTS_OF_ONE_INSTANCE = 8;

    private static final int SEEDS = 1_000_000;
    private static final int SECONDS = 6;
    private static final Duration EXTRA_MAX = Duration.ofMinutes(1);
    private static final int DIFFERENCES_MAX = 10;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextInt(SEEDS));
    private final Duration length = Duration.ofSeconds(Long.getLong("chaos.seconds", SECONDS));

    @Test
    void sixteenClientsAmidKillsAndRestarts_leaveBooksThatAgreeWithEveryAnswer() throws InterruptedException {
        try (ChaosServer server = new ChaosServer(folder);
                ChaosNetwork network = new ChaosNetwork(server.port())) {
            ChaosCast cast = new ChaosCast(Books.on(network.port()));
            ChaosBooks.prepare(cast.books);
            ChaosStorm storm = new ChaosStorm(length, length.plus(EXTRA_MAX), ChaosSight.wanted());
            List<ChaosAttempt> attempts =
                    stormed(storm, new ChaosSaboteur(server, network, cast.books, storm, seed), cast);
            // So that nothing is under way any more.
            server.restart(ChaosServer.Death.FAST);
            ChaosBooks books = ChaosBooks.read(cast.books);
            ChaosAnswers answers = new ChaosAnswers(books, attempts);

            assertAll(
                    "with -Dseed=" + seed,
                    () -> assertEquals(Set.of(), storm.missing(), "not seen"),
                    () -> assertEquals(List.of(), server.failures(), "by the server's log"),
                    () -> assertBooksAreSound(cast.books),
                    () -> assertTrue(
                            cast.books.number("select count(*) - count(distinct xid) from ledger.transfers") > 0,
                            "none were gathered"),
                    () -> assertNone(answers.differences()),
                    () -> assertNone(new ChaosLimits(cast, attempts).passed(books)),
                    () -> assertNone(new ChaosReplay(cast, attempts).differences(books, attempts)));
            LOG.info(
                    "seed {}: {} attempts, {} effects, {} of them told later or never, seen: {}",
                    seed,
                    attempts.size(),
                    books.effects().size(),
                    answers.toldLaterOrNever(),
                    storm.seen());
        }
    }

    private List<ChaosAttempt> stormed(ChaosStorm storm, ChaosSaboteur saboteur, ChaosCast cast)
            throws InterruptedException {
        Random seeds = new Random(seed);
        List<ChaosAttempt> attempts = new ArrayList<>(
                new ChaosClient(cast, storm, CLIENTS, seeds.nextLong(), ChaosClient.Instance.of(cast.books))
                        .carryOut(cast.opening()));
        ChaosClient.Instance shared = ChaosClient.Instance.of(cast.books);
        List<ChaosClient> clients = IntStream.range(0, CLIENTS)
                .mapToObj(number -> new ChaosClient(
                        cast,
                        storm,
                        number,
                        seeds.nextLong(),
                        number < CLIENTS_OF_ONE_INSTANCE ? shared : ChaosClient.Instance.of(cast.books)))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1)) {
            Future<?> sabotage = threads.submit(saboteur);
            for (Future<List<ChaosAttempt>> client : threads.invokeAll(clients)) {
                attempts.addAll(client.get());
            }
            sabotage.get();
        } catch (ExecutionException failed) {
            throw new AssertionError("with -Dseed=" + seed + ", after " + storm.seen(), failed.getCause());
        }
        return attempts;
    }

    private static void assertBooksAreSound(Books books) {
        Verification verification = books.verify();
        assertTrue(verification.ok(), verification::toString);
        assertEquals(0, verification.sum(), "the sum of all entries");
        assertEquals(0, books.number("""
                        select count(*)
                        from ledger.wallets w
                        where w.kind = 'personal' and w.balance - w.held < w.floor
                        """), "wallets below zero");
        assertEquals(0, books.number("""
                        select count(*)
                        from ledger.wallets w
                        where w.kind = 'accumulating' and ledger.accumulated_balance(w.id) < w.floor
                        """), "stores below zero");
        assertEquals(0, books.number("""
                        select count(*)
                        from ledger.wallets w
                        where w.held <> (
                            select coalesce(sum(h.amount - h.captured), 0)
                            from ledger.holds h
                            where h.wallet_id = w.id and h.status = 'open')
                        """), "wallets with other holds");
    }

    private static void assertNone(List<String> differences) {
        assertEquals(
                List.of(),
                differences.stream().limit(DIFFERENCES_MAX).toList(),
                () -> "the first of " + differences.size());
    }
}

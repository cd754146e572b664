package tg.ecom.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/**
 * Contenders who take turns, round after round, and begin with another each round: what slows a while down slows all of
 * them down.
 */
final class Race {
    static final int ROUNDS = 9;
    private static final int WARM_UPS = 1;

    private final Terminal terminal;
    private final DataSource server;
    private final Callers callers;
    private final Duration length;

    /**
     * A race.
     *
     * @param server whose log is watched
     * @param callers as many as each contender has clients
     * @param length how long each runs in a round
     */
    Race(Terminal terminal, DataSource server, Callers callers, Duration length) {
        this.terminal = terminal;
        this.server = server;
        this.callers = callers;
        this.length = length;
    }

    /** Runs it. */
    Results run(List<Contender> contenders) {
        Map<Contender, List<Stint>> stints = new LinkedHashMap<>();
        contenders.forEach(contender -> stints.put(contender, new ArrayList<>()));
        int done = 0;
        for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
            for (Contender contender : order(contenders, round)) {
                BenchmarkFailure.throwIfInterrupted();
                terminal.progress("measuring", ++done, contenders.size() * (WARM_UPS + ROUNDS));
                stints.get(contender).add(stint(contender));
            }
        }
        terminal.end();
        return new Results(stints, WARM_UPS);
    }

    /** Who comes when in a round. */
    static <T> List<T> order(List<T> contenders, int round) {
        List<T> order = new ArrayList<>(contenders);
        Collections.rotate(order, -round);
        return order;
    }

    private Stint stint(Contender contender) {
        List<LongStream.Builder> taken = IntStream.range(0, callers.count())
                .mapToObj(caller -> LongStream.builder())
                .toList();
        long walBefore = walPosition();
        long began = System.nanoTime();
        callers.sum(caller -> callUntil(began + length.toNanos(), contender, caller, taken.get(caller)));
        long nanos = System.nanoTime() - began;
        double[] callNanos = taken.stream()
                .flatMapToLong(LongStream.Builder::build)
                .mapToDouble(each -> each)
                .toArray();
        return Stint.of(callNanos, nanos, walPosition() - walBefore);
    }

    private static long callUntil(long endNanos, Contender contender, int caller, LongStream.Builder taken) {
        Contender.Client client = contender.clients().get(caller);
        try {
            long calls = 0;
            long before = System.nanoTime();
            // Once at least, so that there is a figure of each round.
            do {
                client.call();
                long after = System.nanoTime();
                taken.add(after - before);
                before = after;
                calls++;
            } while (before < endNanos);
            return calls;
        } catch (SQLException failed) {
            throw new BenchmarkFailure(contender.name() + ": " + failed.getMessage() + ".", failed);
        }
    }

    private long walPosition() {
        try (Connection connection = server.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select (pg_current_wal_insert_lsn() - '0/0')::bigint")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}

package tg.ecom.benchmarks;

import java.sql.SQLException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * One who is measured beside others.
 *
 * @param name for people
 * @param clients those who do the same at the same time, each on a connection of its own
 */
record Contender(String name, List<Client> clients) {
    /** How many clients each has. */
    static final int CLIENTS = 16;

    /** What somebody does over and over. */
    @FunctionalInterface
    interface Client {
        /** Does it once. @throws BenchmarkFailure when it is refused */
        void call() throws SQLException;
    }

    Contender {
        clients = List.copyOf(clients);
    }

    /** With clients that are each made by their number. */
    static Contender of(String name, IntFunction<Client> made) {
        return new Contender(name, IntStream.range(0, CLIENTS).mapToObj(made).toList());
    }
}

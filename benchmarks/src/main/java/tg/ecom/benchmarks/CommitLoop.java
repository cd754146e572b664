package tg.ecom.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;

/** The least that keeps something for good: one INSERT and its commit, over and over, by several callers. */
final class CommitLoop {
    private static final double NANOS_PER_S = 1e9;

    private final DataSource database;

    /** In a table of its own, which it makes. */
    CommitLoop(DataSource database) {
        this.database = database;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table public.bare (id uuid primary key, content text not null)");
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Runs for a while. @return commits a second, of all callers together */
    double commitsPerSecond(Callers callers, Duration length) {
        long began = System.nanoTime();
        long end = began + length.toNanos();
        long commits = callers.sum(caller -> commitUntil(end));
        return commits / ((System.nanoTime() - began) / NANOS_PER_S);
    }

    private long commitUntil(long endNanos) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("insert into public.bare (id, content) values (?, ?)")) {
            long commits = 0;
            while (System.nanoTime() < endNanos) {
                insert.setObject(1, UUID.randomUUID());
                insert.setString(2, "{\"amount\": 1}");
                insert.executeUpdate();
                commits++;
            }
            return commits;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}

package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import tg.ecom.client.FreePorts;

/** A PostgreSQL of a test's own that dies and comes back with what it had committed. */
final class ChaosServer implements AutoCloseable {
    /** How it dies. */
    enum Death {
        /** As an operator stops it: connections are ended, everything is written out. */
        FAST,
        /** At once, with nothing written out but the log, which every commit had waited for: it recovers from that. */
        IMMEDIATE,
        /** The process of one connection is killed: the server ends all others, and recovers without being stopped. */
        BACKEND
    }

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(5);

    /**
     * A commit waits for the log, as in production and unlike this server's own default. And it tells in which order
     * transactions committed, and of every statement that failed.
     */
    private static final Map<String, String> SETTINGS = Map.of(
            "synchronous_commit", "on",
            "track_commit_timestamp", "on",
            "log_line_prefix", "%u=%e=",
            "fsync", "off");

    /**
     * What a domain's role was told but that its connection or the server has ended (a connection that is ended while
     * it logs in is told of a timeout); and what no server must say.
     */
    private static final Pattern FAILURE =
            Pattern.compile("ecom_\\w+=(?!57P|08|57014=FATAL)\\w{5}=(?:ERROR|FATAL):.*|\\w*=\\w{5}=PANIC:.*|TRAP:.*");

    /** SQL states: connection exceptions, and the server's when it or an operator ends a connection. */
    private static final Pattern GONE = Pattern.compile("08...|57P..");

    private final int port = FreePorts.one();
    private final Path data;
    private final Path log;
    private EmbeddedPostgres server;

    /** A new one that keeps everything in a folder. */
    ChaosServer(Path folder) {
        data = folder.resolve("data");
        log = folder.resolve("server.log");
        server = start();
    }

    /** Where it listens, also when it has come back. */
    int port() {
        return port;
    }

    /** Has it die and come back; of itself, if it was not stopped. @return whether it died: a process may have ended */
    boolean restart(Death death) {
        switch (death) {
            case FAST -> stop();
            case IMMEDIATE -> {
                assertTrue(signal("QUIT", postmaster()), "there is no server to stop");
                stop();
            }
            case BACKEND -> {
                return backends().stream()
                        .findFirst()
                        .map(backend -> signal("KILL", backend))
                        .orElse(false);
            }
        }
        server = start();
        return true;
    }

    /** The processes that serve a domain's role; none when it can't be asked. */
    List<Long> backends() {
        return asked(handle -> handle.createQuery("""
                                select pid
                                from pg_stat_activity
                                where usename like 'ecom\\_%'
                                order by pid
                                """).mapTo(Long.class).list()).orElse(List.of());
    }

    /** Ends the connection that a process serves. @return whether it was there and could be told */
    boolean terminate(long backend) {
        return asked(handle -> handle.createQuery("select pg_terminate_backend(:backend)")
                        .bind("backend", (int) backend)
                        .mapTo(Boolean.class)
                        .one())
                .orElse(false);
    }

    /** What went wrong on it, by its own log. */
    List<String> failures() {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> FAILURE.matcher(line).matches()).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private EmbeddedPostgres start() {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setPGStartupWait(START_TIMEOUT);
        SETTINGS.forEach(builder::setServerConfig);
        try {
            return builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void stop() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        // It may take longer than the other waits; its last act is to delete this file.
        long started = System.nanoTime();
        while (Files.exists(postmasterFile())) {
            assertTrue(System.nanoTime() - started < STOP_TIMEOUT.toNanos(), "the server does not stop");
            LockSupport.parkNanos(LOOK_INTERVAL.toNanos());
        }
    }

    private long postmaster() {
        try (Stream<String> lines = Files.lines(postmasterFile())) {
            return Long.parseLong(lines.findFirst().orElseThrow());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path postmasterFile() {
        return data.resolve("postmaster.pid");
    }

    /** @return whether the process was still there */
    private static boolean signal(String name, long process) {
        try {
            // The shell's own: not every system has a program of that name.
            return new ProcessBuilder("bash", "-c", "kill -s %s %d".formatted(name, process))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private <T> Optional<T> asked(Function<Handle, T> question) {
        try {
            return Optional.of(Jdbi.create("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "")
                    .withHandle(question::apply));
        } catch (JdbiException failed) {
            if (failed.getCause() instanceof SQLException cause
                    && GONE.matcher(cause.getSQLState()).matches()) {
                return Optional.empty();
            }
            throw failed;
        }
    }
}

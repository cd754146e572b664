package tg.ecom.tests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** What a data directory tells of its PostgreSQL, and free ports. */
final class Servers {
    private static final Duration GONE_MAX = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(20);

    private Servers() {}

    /** The process that serves a data directory, if one does. */
    static Optional<ProcessHandle> postgres(Path data) {
        Path file = data.resolve("postgresql/data/postmaster.pid");
        try {
            return Files.exists(file)
                    ? ProcessHandle.of(
                            Long.parseLong(Files.readAllLines(file).getFirst().strip()))
                    : Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits for a process to be gone. */
    static boolean isGone(ProcessHandle process) {
        long end = System.nanoTime() + GONE_MAX.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL.toNanos());
        }
        return !process.isAlive();
    }
}

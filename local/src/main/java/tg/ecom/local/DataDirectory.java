package tg.ecom.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tg.ecom.local.parts.DirectoryLock;
import tg.ecom.local.parts.PartFailure;
import tg.ecom.local.parts.PostgresServer;

/**
 * Where {@code ./ecom up} or {@code ./ecom states} keeps everything: one process has it at a time, from before anything
 * in it is touched.
 */
final class DataDirectory implements AutoCloseable {
    /** By this file a directory is known to be ours to start over in. */
    private static final String MARK = "ecom-data";

    /** What {@code ./ecom states} keeps when nobody says where: a directory of its own in this one, and left alone. */
    static final String STATES = "states";

    private static final String FUNCTIONS_LOG = "functions.log";
    private static final Set<String> KEPT_FOR_THE_PROCESS =
            Set.of(MARK, FUNCTIONS_LOG, DirectoryLock.FILE_NAME, STATES);

    private final Path path;
    private final DirectoryLock lock;

    private DataDirectory(Path path, DirectoryLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes it, and makes it if it is missing.
     *
     * @throws PartFailure when it is somebody else's, in use by another process, or not to be written
     */
    static DataDirectory take(Path path) {
        try {
            requireOurs(path);
            DirectoryLock lock = DirectoryLock.take(path, "Ecom");
            Path mark = path.resolve(MARK);
            if (!Files.exists(mark)) {
                Files.writeString(mark, "What ./ecom keeps. To start over: ./ecom up --fresh\n");
            }
            return new DataDirectory(path, lock);
        } catch (IOException unusable) {
            throw new PartFailure(path + " can't be used: " + unusable.getMessage() + "; nothing was lost.", unusable);
        }
    }

    Path functionsLog() {
        return path.resolve(FUNCTIONS_LOG);
    }

    /**
     * Forgets everything that was kept in a directory that this process has taken, and ends a server that still runs on
     * it.
     */
    static void startOver(Path path) {
        PostgresServer.stopOrphan(path.resolve("postgresql"));
        try (Stream<Path> entries = Files.list(path)) {
            List<Path> kept = entries.filter(entry ->
                            !KEPT_FOR_THE_PROCESS.contains(entry.getFileName().toString()))
                    .toList();
            for (Path entry : kept) {
                delete(entry);
            }
        } catch (IOException unusable) {
            throw new PartFailure(path + " can't be emptied: " + unusable.getMessage() + ".", unusable);
        }
    }

    /** Lets another process have it. */
    @Override
    public void close() {
        lock.close();
    }

    private static void requireOurs(Path path) throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new PartFailure(path + " is not a directory; name another one with --data.");
        }
        if (Files.isDirectory(path) && !Files.exists(path.resolve(MARK)) && !isEmpty(path)) {
            throw new PartFailure(path + " is not empty and was not made by ./ecom up; nothing was touched. Name"
                    + " another directory with --data, or move this one away.");
        }
    }

    private static boolean isEmpty(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.allMatch(file -> file.getFileName().toString().equals(STATES));
        }
    }

    static void delete(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

package tg.ecom.local.parts;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps two processes from using one part's directory at once. The operating system lets go of it when the process
 * ends, however it ends.
 */
public final class DirectoryLock implements AutoCloseable {
    /** The file in it that is locked. */
    public static final String FILE_NAME = "in-use.lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes the directory if it is missing, and takes it.
     *
     * @throws PartFailure when another process has it
     */
    public static DirectoryLock take(Path directory, String part) {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new PartFailure("The data of " + part + " in " + directory
                        + " is in use by another `./ecom up` that is still running: stop that one first.");
            }
            return new DirectoryLock(channel);
        } catch (IOException failure) {
            throw new PartFailure(
                    "The data of " + part + " in " + directory + " can't be read or written: " + failure.getMessage(),
                    failure);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException takenInThisProcess) {
            return false;
        }
    }

    /** Lets another process have the directory. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new PartFailure("A lock file could not be closed.", failure);
        }
    }
}

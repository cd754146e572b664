package tg.ecom.local.parts;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once for each user and version from the archive on the class path. */
final class PostgresBinaries {
    /** The release that the archive on the class path holds; the folder is named by it. */
    private static final String VERSION = "17.11.0";

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    /**
     * Finds the unpacked programs below the cache directory, or unpacks them there.
     *
     * @throws PartFailure when there is no archive for this machine or the directory can't be written
     */
    static PostgresBinaries in(Path cache) {
        Path home = cache.resolve("postgresql-" + VERSION);
        if (!Files.isDirectory(home)) {
            unpack(cache, home);
        }
        return new PostgresBinaries(home);
    }

    /** Where a user's programs cache what can be made again. */
    static Path userCache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path base = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return base.resolve("ecom");
    }

    /** The command line of one of the programs; PostgreSQL refuses root, so root leaves its user namespace first. */
    List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return command;
    }

    private static void unpack(Path cache, Path home) {
        try {
            Files.createDirectories(cache);
            Path unfinished = Files.createTempDirectory(cache, "postgresql-");
            try (InputStream archive = archive()) {
                extract(archive, unfinished);
            }
            moveIntoPlace(unfinished, home);
        } catch (IOException | IllegalStateException failure) {
            throw new PartFailure(
                    "PostgreSQL's programs could not be unpacked into " + home + ": " + failure.getMessage(), failure);
        }
    }

    private static InputStream archive() throws IOException {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String system = name.startsWith("mac") ? "Darwin" : "Linux";
        String machine = System.getProperty("os.arch");
        return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, "amd64".equals(machine) ? "x86_64" : machine);
    }

    private static void extract(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    write(tar, entry, file);
                }
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isSymbolicLink() || entry.isLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        boolean program = file.getParent().endsWith("bin");
        if (program && !file.toFile().setExecutable(true, false)) {
            throw new IOException(file + " can't be made executable");
        }
    }

    /** Another process may have unpacked the same release meanwhile: then its copy stays. */
    private static void moveIntoPlace(Path unfinished, Path home) throws IOException {
        try {
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException taken) {
            if (!Files.isDirectory(home)) {
                throw taken;
            }
            delete(unfinished);
        }
    }

    /** Deletes a directory with everything in it. */
    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

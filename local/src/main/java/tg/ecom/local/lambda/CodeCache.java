package tg.ecom.local.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Extracts zips of code, each content once: the directory's name is the zip's SHA-256. */
public final class CodeCache {
    private final Path directory;
    private final Map<Path, Path> extracted = new ConcurrentHashMap<>();

    /** Extracts below that directory, which need not exist yet; it may be deleted while nothing runs. */
    public CodeCache(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    /** Where files of local's own may be kept beside the extracted code. */
    Path directory() {
        return directory;
    }

    /** The directory with the zip's content. A zip that changes while local runs is not read again. */
    public Path extract(Path zip) {
        return extracted.computeIfAbsent(zip.toAbsolutePath().normalize(), this::extractNow);
    }

    /** The jars in a directory in the order of their names, as Lambda puts them on the class path. */
    static List<Path> jars(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path extractNow(Path zip) {
        try {
            Path target = directory.resolve(digest(zip));
            if (!Files.isDirectory(target)) {
                Files.createDirectories(directory);
                Path unfinished = Files.createTempDirectory(directory, "unfinished-");
                unpack(zip, unfinished);
                publish(unfinished, target);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("The code " + zip + " can't be extracted: " + e.getMessage(), e);
        }
    }

    /** A rename, so that a directory of that name is complete even after a crash in between. */
    private static void publish(Path unfinished, Path target) throws IOException {
        try {
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
            delete(unfinished);
        }
    }

    private static void unpack(Path zip, Path target) throws IOException {
        try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("an entry leaves its directory: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    copy(entries, file);
                }
            }
        }
    }

    private static void copy(InputStream from, Path file) throws IOException {
        try {
            Files.copy(from, file);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("two entries of one name: " + file.getFileName(), e);
        }
    }

    private static String digest(Path zip) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(zip));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

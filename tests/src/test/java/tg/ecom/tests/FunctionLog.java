package tg.ecom.tests;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What functions wrote to standard output, and the one-machine cloud to standard error. */
final class FunctionLog {
    private static final Pattern ERROR = Pattern.compile("\"level\":\"ERROR\"| ERROR |^\\s*at [a-z].*\\(|Exception");

    private final Path file;

    FunctionLog(Path file) {
        this.file = file;
    }

    /** How far it is written. */
    long end() {
        try {
            return Files.size(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What was written after that point. */
    String since(long start) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(start);
            byte[] rest = new byte[(int) (in.length() - start)];
            in.readFully(rest);
            return new String(rest, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The lines after that point that tell of an error. */
    List<String> errorsSince(long start) {
        return since(start).lines().filter(line -> ERROR.matcher(line).find()).toList();
    }
}

package tg.ecom.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import tg.ecom.client.FreePorts;

/**
 * Loads the classes that {@code ./ecom up} needs, by starting and ending everything once on data of its own, so that
 * the JVM can archive them when it ends. The launcher runs it after a build; the archive spares each start a third of
 * its time.
 */
final class ArchiveCommand {
    void run() {
        try {
            Path data = Files.createTempDirectory("ecom-");
            try {
                UpOptions options = new UpOptions(FreePorts.one(), data, false, Set.of());
                LocalCloud.start(options, (part, took) -> {}).close();
            } finally {
                DataDirectory.delete(data);
            }
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }
}

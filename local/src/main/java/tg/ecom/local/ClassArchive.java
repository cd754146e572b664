package tg.ecom.local;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JVM's archive of the classes of this program, from which the next start takes them at a third of the time. It is written
 * once for each build, when everything has started: at the end of the JVM it would hold up Ctrl-C, and a start that was refused
 * would archive next to nothing.
 */
final class ClassArchive {
    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);

    /** Named by the launcher while there is no archive. */
    private static final String PROPERTY = "ecom.class-archive";

    private ClassArchive() {}

    /** Writes it where the launcher wants it, if it does. Without it the next start is only slower. */
    static void writeIfWanted() {
        Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of).ifPresent(ClassArchive::write);
    }

    private static void write(Path archive) {
        Path unfinished = archive.resolveSibling(
                archive.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Object said = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmCds",
                            new Object[] {new String[] {"dynamic_dump", unfinished.toString()}},
                            new String[] {String[].class.getName()});
            if (Files.isRegularFile(unfinished)) {
                Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
            }
            LOG.info("{}", said);
        } catch (JMException | IOException unwritten) {
            LOG.warn("the classes were not archived", unwritten);
        }
    }
}

package tg.ecom.local;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The options of {@code ./ecom up}.
 *
 * @param port of the one address, on 127.0.0.1
 * @param data where everything is kept
 * @param fresh whether to forget what is kept
 * @param isolated names of functions that run in processes of their own
 */
public record UpOptions(int port, Path data, boolean fresh, Set<String> isolated) {
    private static final int PORT_DEFAULT = 8080;
    private static final int PORT_MAX = 65_535;

    /** Reads the options of a command line. @throws UsageException for one that there is not */
    static UpOptions parse(List<String> arguments) {
        int port = PORT_DEFAULT;
        Path data = Project.root().resolve(".ecom");
        boolean fresh = false;
        Set<String> isolated = new HashSet<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--port" -> port = port(value(option, rest));
                case "--data" -> data = Path.of(value(option, rest)).toAbsolutePath();
                case "--fresh" -> fresh = true;
                case "--isolated" -> isolated.add(value(option, rest));
                default -> throw new UsageException("./ecom up has no option " + option + "; ./ecom help lists them.");
            }
        }
        return new UpOptions(port, data, fresh, isolated);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new UsageException(option + " needs a value.");
        }
        return rest.next();
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= PORT_MAX) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, as for a number out of range.
        }
        throw new UsageException("--port takes a number from 1 to " + PORT_MAX + ", not " + text + ".");
    }
}

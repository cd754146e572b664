package tg.ecom.local;

import java.util.Iterator;

/** Reads the options of a command line one after the other. */
final class OptionReader {
    private static final int PORT_MAX = 65_535;

    private final Iterator<String> rest;

    OptionReader(Iterable<String> arguments) {
        this.rest = arguments.iterator();
    }

    boolean hasNext() {
        return rest.hasNext();
    }

    /** The next option's name. */
    String next() {
        return rest.next();
    }

    /** What follows an option. @throws UsageException when nothing does */
    String value(String option) {
        if (!rest.hasNext()) {
            throw new UsageException(option + " needs a value.");
        }
        return rest.next();
    }

    /** The port that follows an option. @throws UsageException when none does */
    int port(String option) {
        String text = value(option);
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= PORT_MAX) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, as for a number out of range.
        }
        throw new UsageException(option + " takes a number from 1 to " + PORT_MAX + ", not " + text + ".");
    }
}

package tg.ecom.local;

import java.util.Iterator;

/** Reads the options of a command line one after the other. */
public final class OptionReader {
    private static final int PORT_MAX = 65_535;

    private final Iterator<String> rest;

    /** From the first of them on. */
    public OptionReader(Iterable<String> arguments) {
        this.rest = arguments.iterator();
    }

    /** Whether there is another option. */
    public boolean hasNext() {
        return rest.hasNext();
    }

    /** The next option's name. */
    public String next() {
        return rest.next();
    }

    /** What follows an option. @throws UsageException when nothing does */
    public String value(String option) {
        if (!rest.hasNext()) {
            throw new UsageException(option + " needs a value.");
        }
        return rest.next();
    }

    /** The port that follows an option. @throws UsageException when none does */
    int port(String option) {
        return number(option, 1, PORT_MAX);
    }

    /** The number that follows an option. @throws UsageException when none does that is in the range */
    public int number(String option, int least, int most) {
        String text = value(option);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, as for a number out of range.
        }
        throw new UsageException(option + " takes a number from " + least + " to " + most + ", not " + text + ".");
    }
}

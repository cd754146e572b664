package tg.ecom.benchmarks;

import java.io.PrintStream;

/** Where a person reads what comes out, and meanwhile how far it is. */
final class Terminal {
    private static final String START_OF_CLEARED_LINE = "\r\033[K";

    private final PrintStream out;
    private final boolean isInteractive;

    /** Writes to a stream; on a real terminal a line of progress overwrites the one before. */
    Terminal(PrintStream out, boolean isInteractive) {
        this.out = out;
        this.isInteractive = isInteractive;
    }

    /** The stream, for what stays. */
    PrintStream out() {
        return out;
    }

    /** Says that something begins that takes a while. */
    void begin(String what) {
        out.println(what + " ...");
    }

    /** Says how far it is, where that can be wiped out again. */
    void progress(String what, int done, int all) {
        if (isInteractive) {
            out.printf("%s  %s %d of %d", START_OF_CLEARED_LINE, what, done, all);
            out.flush();
        }
    }

    /** Wipes the line of progress out. */
    void end() {
        if (isInteractive) {
            out.print(START_OF_CLEARED_LINE);
        }
        out.println();
    }
}

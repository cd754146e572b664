package tg.ecom.benchmarks;

import java.util.List;
import tg.ecom.local.UsageException;

/** Something that can be measured. */
interface Benchmark {
    /** As it is asked for. */
    String name();

    /** What it measures, in a line. */
    String summary();

    /** The same as options of a command line have it. @throws UsageException for one that there is not */
    default Benchmark with(List<String> options) {
        if (!options.isEmpty()) {
            throw new UsageException(
                    "./ecom bench " + name() + " takes no options, and no " + options.getFirst() + ".");
        }
        return this;
    }

    /** Measures, tells and prints what came out, and answers with the bars that it is held to. */
    List<Bar> run(Terminal terminal);
}

package tg.ecom.benchmarks;

import java.util.List;

/** Something that can be measured. */
interface Benchmark {
    /** As it is asked for. */
    String name();

    /** What it measures, in a line. */
    String summary();

    /** Measures, tells and prints what came out, and answers with the bars that it is held to. */
    List<Bar> run(Terminal terminal);
}

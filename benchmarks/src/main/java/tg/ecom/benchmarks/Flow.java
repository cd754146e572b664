package tg.ecom.benchmarks;

import java.util.List;

/** Something that goes well, from an app's request to the last message of it. */
interface Flow {
    /** A noun; also what comes after {@code ./ecom bench}. */
    String name();

    /** The noun with its article. */
    String one();

    /** One line on what is measured. */
    String summary();

    /** What happens, as the report's first line begins. */
    String title();

    /** Has it happen once; what has to be there before is not counted. */
    Sample run(MeteredCloud cloud);

    /** What it has to keep. */
    List<Bar> bars(FlowReport report);
}

package tg.ecom.benchmarks;

import java.util.ArrayList;
import java.util.List;
import tg.ecom.local.usage.Counts;

/** What a flow uses of the cloud, and costs there: it is done over and over, each time by itself. */
final class FlowBenchmark implements Benchmark {
    private static final int WARM_UPS = 5;
    private static final int SAMPLES = 20;

    private final Flow flow;

    FlowBenchmark(Flow flow) {
        this.flow = flow;
    }

    @Override
    public String name() {
        return flow.name();
    }

    @Override
    public String summary() {
        return flow.summary();
    }

    @Override
    public List<Bar> run(Terminal terminal) {
        terminal.begin("Starting a one-machine cloud of its own");
        try (MeteredCloud cloud = MeteredCloud.start()) {
            terminal.begin("Measuring");
            Counts before = cloud.counts();
            List<Sample> samples = samples(terminal, cloud);
            FlowReport report = new FlowReport(
                    flow, cloud.functions(), samples, cloud.counts().since(before));
            report.print(terminal.out());
            return flow.bars(report);
        }
    }

    private List<Sample> samples(Terminal terminal, MeteredCloud cloud) {
        List<Sample> samples = new ArrayList<>();
        for (int done = 0; done < WARM_UPS + SAMPLES; done++) {
            terminal.progress(flow.name(), done + 1, WARM_UPS + SAMPLES);
            Sample sample = flow.run(cloud);
            if (done >= WARM_UPS) {
                samples.add(sample);
            }
        }
        terminal.end();
        return samples;
    }
}

package tg.ecom.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import tg.ecom.client.FreePorts;
import tg.ecom.local.LocalCloud;
import tg.ecom.local.UpOptions;
import tg.ecom.local.template.FunctionDefinition;
import tg.ecom.local.template.Stack;
import tg.ecom.local.usage.Counts;
import tg.ecom.local.usage.Item;
import tg.ecom.local.usage.Usage;

/** A one-machine cloud of its own whose use is counted, and which tells when nothing of it is underway. */
final class MeteredCloud implements AutoCloseable {
    /** Small beside the minute after which functions run by the clock again. */
    private static final Duration STEP = Duration.ofSeconds(10);

    /** In that time a function that runs by the clock has begun and ended, or there was none. */
    private static final Duration STEP_PAUSE = Duration.ofMillis(300);

    /** The relay looks four times a second for what happened: in that time an event has arrived wherever it is told. */
    private static final Duration QUIET = Duration.ofMillis(900);

    private final TemporaryDirectory data;
    private final TappedMeter meter;
    private final LocalCloud cloud;
    private final List<FunctionDefinition> functions;
    private final App app;

    private MeteredCloud(TemporaryDirectory data, TappedMeter meter) {
        this.data = data;
        this.meter = meter;
        this.cloud = LocalCloud.start(
                new UpOptions(FreePorts.one(), data.path(), false, Set.of()), (part, took) -> {}, meter);
        this.functions = cloud.stack().all(Stack::functions);
        this.app = new App(cloud.address());
    }

    static MeteredCloud start() {
        TemporaryDirectory data = TemporaryDirectory.make();
        TappedMeter meter = new TappedMeter();
        try {
            return new MeteredCloud(data, meter);
        } catch (RuntimeException failed) {
            meter.close();
            data.close();
            throw failed;
        }
    }

    App app() {
        return app;
    }

    /** All functions that there are. */
    List<FunctionDefinition> functions() {
        return functions;
    }

    /** All counts by now. */
    Counts counts() {
        return meter.counts();
    }

    /**
     * Moves the clock until what runs each minute has just run, so that it does not run amid what is measured: a relay
     * that takes over from another tells again what the other was telling.
     */
    void passTheMinute() {
        LongSupplier runs = () -> (long) Usage.byTheClock(counts(), functions).count(Item.INVOCATIONS);
        long before = runs.getAsLong();
        while (runs.getAsLong() == before) {
            app.advance(STEP);
            Waiting.atMost(STEP_PAUSE, () -> runs.getAsLong() > before);
        }
        awaitQuiet();
    }

    /** Waits until nothing has run for a while, but for what runs by the clock. */
    void awaitQuiet() {
        Waiting.untilQuiet(() -> (long) Usage.caused(counts(), functions).count(Item.INVOCATIONS), QUIET);
    }

    /** Waits until every message is consumed too, delayed ones included. */
    void awaitConsumed() {
        Waiting.until("all messages were consumed", () -> meter.messagesUnderway() == 0);
        awaitQuiet();
    }

    @Override
    public void close() {
        cloud.close();
        meter.close();
        data.close();
    }
}

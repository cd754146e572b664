package tg.ecom.platform;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Where a function takes its settings and its time from. In Lambda that is the process: its environment and the
 * system's clock. A host that runs many functions in one process gives each its own with {@link #within}.
 *
 * @param environment what Lambda would have set as environment variables
 * @param clock the time that everything in the function goes by
 * @param failpoint told the name of each of the {@link Failpoints} before it is passed
 */
public record FunctionRuntime(Map<String, String> environment, InstantSource clock, Consumer<String> failpoint) {
    private static final ScopedValue<FunctionRuntime> CURRENT = ScopedValue.newInstance();

    public FunctionRuntime {
        environment = Map.copyOf(environment);
    }

    /** The runtime of the function being constructed now. */
    public static FunctionRuntime current() {
        return CURRENT.isBound()
                ? CURRENT.get()
                : new FunctionRuntime(System.getenv(), InstantSource.system(), point -> {});
    }

    /**
     * Runs work, such as a handler's constructor, in a runtime of its own. Only JDK types stand in this signature, so
     * that a host may call it across class loaders.
     *
     * @throws Exception what the work throws
     */
    public static <T> T within(Map<String, String> environment, InstantSource clock, Callable<T> work)
            throws Exception {
        return within(environment, clock, point -> {}, work);
    }

    /**
     * Runs work in a runtime of its own whose host is told of each failpoint. What {@code failpoint} throws ends the
     * invocation there.
     *
     * @throws Exception what the work throws
     */
    public static <T> T within(
            Map<String, String> environment, InstantSource clock, Consumer<String> failpoint, Callable<T> work)
            throws Exception {
        return ScopedValue.where(CURRENT, new FunctionRuntime(environment, clock, failpoint))
                .call(work::call);
    }
}

package tg.ecom.platform;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;

/** What local finds by this name in the layers; the real one is in the platform layer, of which local knows nothing. */
public record FunctionRuntime(Map<String, String> environment, InstantSource clock) {
    private static final ScopedValue<FunctionRuntime> CURRENT = ScopedValue.newInstance();

    /** The runtime of the function being constructed now. */
    public static FunctionRuntime current() {
        return CURRENT.orElse(new FunctionRuntime(System.getenv(), InstantSource.system()));
    }

    /** Runs the work in a runtime of its own. */
    public static <T> T within(Map<String, String> environment, InstantSource clock, Callable<T> work)
            throws Exception {
        return ScopedValue.where(CURRENT, new FunctionRuntime(environment, clock))
                .call(work::call);
    }
}

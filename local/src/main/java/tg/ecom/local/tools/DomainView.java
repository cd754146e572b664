package tg.ecom.local.tools;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tg.ecom.platform.ApiSettings;
import tg.ecom.platform.DatabaseSettings;
import tg.ecom.platform.FunctionRuntime;
import tg.ecom.platform.HashingSettings;
import tg.ecom.platform.Lazy;
import tg.ecom.platform.StageSettings;
import tg.ecom.platform.Surroundings;

/** What a function of a domain sees, for tools that do what no function does; connected at the first use. */
public final class DomainView {
    private final Lazy<Surroundings> surroundings;

    /** Of a function behind the API with that environment. */
    public DomainView(Supplier<Map<String, String>> environment, InstantSource clock) {
        surroundings = new Lazy<>(() -> of(environment.get(), clock));
    }

    /** One at a time may use it, as one request at a time has an instance. */
    Surroundings get() {
        return surroundings.get();
    }

    private static Surroundings of(Map<String, String> environment, InstantSource clock) {
        try {
            return FunctionRuntime.within(
                    environment,
                    clock,
                    () -> new Surroundings(List.of(
                            StageSettings.class, ApiSettings.class, HashingSettings.class, DatabaseSettings.class)));
        } catch (Exception failed) {
            throw new IllegalStateException("the domain's settings are wrong", failed);
        }
    }
}

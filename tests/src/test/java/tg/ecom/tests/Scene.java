package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a test over HTTP stands on. After each test it looks at what functions logged meanwhile: nothing that a caller
 * did is an error, and no secret stands there.
 */
final class Scene implements BeforeEachCallback, AfterEachCallback {
    private final Cloud cloud = Cloud.get();
    private final Secrets secrets = new Secrets();
    private final Api api = Api.of(cloud, secrets);
    private final People people = new People(api, cloud, secrets);
    private long logStart;

    /** What the tests talk to. */
    Cloud cloud() {
        return cloud;
    }

    /** Nobody signed in. */
    Api api() {
        return api;
    }

    /** Who signs people up. */
    People people() {
        return people;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        secrets.forget();
        logStart = cloud.log().map(FunctionLog::end).orElse(0L);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        cloud.log().ifPresent(log -> {
            assertEquals(List.of(), log.errorsSince(logStart), "logged as errors");
            String written = log.since(logStart);
            for (String secret : secrets.all()) {
                assertFalse(Secrets.standsIn(written, secret), () -> "the log names " + secret);
            }
        });
    }
}

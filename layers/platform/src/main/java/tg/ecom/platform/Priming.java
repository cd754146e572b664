package tg.ecom.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares a function for its SnapStart snapshot: its real path is run many times before the snapshot, so that classes
 * are loaded and code is compiled in it, and connections are dropped, since none outlives a snapshot.
 */
final class Priming implements Resource {
    private static final Logger LOG = LoggerFactory.getLogger(Priming.class);

    /** The first request after a restore takes 179 ms after one rehearsal and 74 ms after 200. */
    private static final int REHEARSALS = 200;

    /**
     * Where a network that does not answer makes each rehearsal wait, no other begins: publishing has its own limit.
     */
    private static final Duration REHEARSING_MAX = Duration.ofSeconds(30);

    private final Surroundings surroundings;
    private final Runnable rehearsal;

    private Priming(Surroundings surroundings, Runnable rehearsal) {
        this.surroundings = surroundings;
        this.rehearsal = rehearsal;
    }

    /** Has the rehearsal run before each snapshot. The surroundings hold on to this: CRaC's registry does not. */
    static Resource register(Surroundings surroundings, Runnable rehearsal) {
        Priming priming = new Priming(surroundings, rehearsal);
        Core.getGlobalContext().register(priming);
        return priming;
    }

    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
        Instant end = surroundings.clock().instant().plus(REHEARSING_MAX);
        int rehearsals = 0;
        int failures = 0;
        while (rehearsals < REHEARSALS && surroundings.clock().instant().isBefore(end)) {
            rehearsals++;
            try {
                Rehearsal.run(rehearsal);
            } catch (RuntimeException outOfReach) {
                failures++;
                LOG.debug("a rehearsal ended early", outOfReach);
            }
        }
        surroundings.disconnect();
        LOG.info("rehearsed {} times, {} of them cut short", rehearsals, failures);
    }

    @Override
    public void afterRestore(org.crac.Context<? extends Resource> context) {
        surroundings.forget();
    }

    /** The contract's own example of a request, as the gateway would hand it over. */
    static ObjectNode example(Operation operation, ApiSettings settings) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.putObject("requestContext")
                .putObject("http")
                .put("method", operation.method())
                .put("path", operation.path());
        event.putObject("headers")
                .put("content-type", "application/json")
                .put("idempotency-key", "rehearsal")
                .put("x-ecom-origin", settings.originSecret());
        operation.exampleParameters("path").forEach(event.putObject("pathParameters")::put);
        operation.exampleParameters("query").forEach(event.putObject("queryStringParameters")::put);
        operation.bodyExample().ifPresent(body -> event.put("body", body.toString()));
        return event;
    }
}

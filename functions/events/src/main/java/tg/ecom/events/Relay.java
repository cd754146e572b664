package tg.ecom.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tg.ecom.events.EventLog.Entry;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.DatabaseSettings;
import tg.ecom.platform.EventFunction;
import tg.ecom.platform.OwedSagas;
import tg.ecom.platform.Tick;

/**
 * Runs by the clock, and then for most of the time until the next run: tells what happened, in order and at least once,
 * and starts and wakes what invocations that died left owed. So no request pays for its events, and none is lost.
 */
public final class Relay extends EventFunction<Tick> {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    private static final int BATCH_MAX = 100;
    private static final int OWED_MAX = 100;

    /** Between two looks for what happened, when nothing had. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** After a failure, so that what is down is not pressed. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);

    /** So much longer a run goes on when it does not come to the end of what happened. */
    private static final Duration BACKLOG_MAX = Duration.ofSeconds(20);

    /** Between two looks for what is owed. */
    private static final Duration OWED_EACH = Duration.ofSeconds(5);

    /** The invocation that owes it has done it by then, or is dead. */
    private static final Duration OWED_AFTER = Duration.ofSeconds(10);

    /** Then somebody is to look into it. */
    private static final Duration OWED_FOR_LONG = Duration.ofMinutes(5);

    private static final Duration EVENTS_KEPT = Duration.ofDays(7);

    /** No queue keeps a message for longer than 14 days, nor do dead letters, and one that is moved back is as new. */
    private static final Duration CONSUMED_KEPT = Duration.ofDays(45);

    /** No task waits for as long. */
    private static final Duration PARKED_KEPT = Duration.ofDays(30);

    private final EventLog events = new EventLog(database(), clock());
    private final OwedSagas owed = new OwedSagas(surroundings());
    private final RelaySettings settings = surroundings().settings(RelaySettings.class);
    private final EventsTopic topic = new EventsTopic(surroundings().aws(), settings.eventsTopic());

    /** Needs the database and the topic. */
    public Relay() {
        super(DatabaseSettings.class, RelaySettings.class);
    }

    /**
     * One run: at the least, all that has happened by now is told, as far as time allows, and what is owed is tried.
     *
     * @throws RuntimeException what kept it from that at its end, or when something is owed for long
     */
    @Override
    protected void handle(Tick tick) {
        UUID run = Uuid7.next(clock());
        events.takeOver(run);
        Instant now = clock().instant();
        events.forgetTold(now.minus(EVENTS_KEPT));
        events.forgetConsumed(now.minus(CONSUMED_KEPT));
        owed.forget(now.minus(PARKED_KEPT));
        boolean ended = relay(run);
        if (ended) {
            complain();
        }
    }

    /** @return whether the time was over; otherwise another run has taken over */
    private boolean relay(UUID run) {
        Pace pace = new Pace(Duration.ofSeconds(settings.relaySeconds()), BACKLOG_MAX, OWED_EACH);
        while (true) {
            try {
                if (pace.isDue()) {
                    owed.deliver(clock().instant().minus(OWED_AFTER), OWED_MAX);
                }
                Optional<Integer> told = tell(run);
                if (told.isEmpty()) {
                    return false;
                }
                boolean isMoreToCome = told.get() == BATCH_MAX;
                if (!(isMoreToCome ? pace.mayGoOn() : pace.pause(PAUSE))) {
                    return true;
                }
            } catch (RuntimeException failed) {
                LOG.warn("a round of the relay failed", failed);
                if (!pace.pause(PAUSE_AFTER_FAILURE)) {
                    throw failed;
                }
            }
        }
    }

    private Optional<Integer> tell(UUID run) {
        Optional<List<Entry>> read = events.read(run, BATCH_MAX);
        read.filter(entries -> !entries.isEmpty()).ifPresent(entries -> {
            topic.publish(entries.stream().map(Entry::event).toList());
            events.advance(run, entries.getLast());
        });
        return read.map(List::size);
    }

    /** An invocation that fails raises an alarm. */
    private void complain() {
        int forLong = owed.count(clock().instant().minus(OWED_FOR_LONG));
        if (forLong > 0) {
            throw new IllegalStateException(forLong + " starts or wakes of sagas are owed for long");
        }
    }
}

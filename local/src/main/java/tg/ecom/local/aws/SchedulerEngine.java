package tg.ecom.local.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tg.ecom.local.lambda.Invoker;

/**
 * Calls the functions of schedules that are due by the clock. Where time has jumped over several due times, a schedule
 * is called once. Between a call and the writing of the next due time a crash repeats the call, as Scheduler may too.
 */
public final class SchedulerEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulerEngine.class);
    private static final int INTERVAL_MS = 500;
    private static final int ROTATION_INTERVAL_S = 60;
    private static final int BATCH_SIZE = 100;
    private static final int STOP_TIMEOUT_S = 5;

    private final ScheduleStore store;
    private final Invoker invoker;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("scheduler").factory());

    /** Calls functions through the invoker, once {@link #start} is called. */
    public SchedulerEngine(CloudDatabase database, Invoker invoker, InstantSource clock) {
        this.store = new ScheduleStore(database);
        this.invoker = invoker;
        this.clock = clock;
    }

    /**
     * Looks twice a second for what is due, until it is closed.
     *
     * @param rotation rotates the secrets that are due; run each minute
     */
    public void start(Runnable rotation) {
        var _ = timer.scheduleWithFixedDelay(
                () -> runQuietly("schedules", this::callDue), 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
        var _ = timer.scheduleWithFixedDelay(
                () -> runQuietly("rotations", rotation), 0, ROTATION_INTERVAL_S, TimeUnit.SECONDS);
    }

    private static void runQuietly(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            LOG.warn("{} that are due were not called", what, failure);
        }
    }

    /** Calls everything that is due now, each schedule once, and answers how many that were. */
    public synchronized int callDue() {
        Instant now = clock.instant();
        int count = 0;
        for (List<Schedule> due = store.due(now, BATCH_SIZE); !due.isEmpty(); due = store.due(now, BATCH_SIZE)) {
            due.forEach(schedule -> call(schedule, now));
            count += due.size();
        }
        return count;
    }

    private void call(Schedule schedule, Instant now) {
        try {
            invoker.invokeEvent(schedule.target().requiredText("Arn"), input(schedule));
        } catch (RuntimeException failure) {
            LOG.warn("{} could not be called", schedule.arn(), failure);
        }
        Optional<Instant> next = schedule.next(now);
        if (next.isEmpty() && schedule.deletedAfterCompletion()) {
            store.delete(schedule.group(), schedule.name());
        } else {
            store.reschedule(schedule, next);
        }
    }

    /** The target's input with Scheduler's keywords filled in, or the event that Scheduler sends without one. */
    private static byte[] input(Schedule schedule) {
        String dueAt = schedule.dueAt().orElseThrow().toString();
        String input = schedule.target().text("Input").orElseGet(() -> event(schedule, dueAt));
        return input.replace("<aws.scheduler.schedule-arn>", schedule.arn())
                .replace("<aws.scheduler.scheduled-time>", dueAt)
                .replace("<aws.scheduler.execution-id>", UUID.randomUUID().toString())
                .replace("<aws.scheduler.attempt-number>", "1")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String event(Schedule schedule, String dueAt) {
        ObjectNode event = JsonInput.answer()
                .put("version", "0")
                .put("id", UUID.randomUUID().toString())
                .put("detail-type", "Scheduled Event")
                .put("source", "aws.scheduler")
                .put("account", Account.ID)
                .put("time", dueAt)
                .put("region", Account.REGION)
                .put("detail", "{}");
        event.putArray("resources").add(schedule.arn());
        return event.toString();
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(STOP_TIMEOUT_S, TimeUnit.SECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException interruption) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

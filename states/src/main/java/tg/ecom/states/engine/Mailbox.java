package tg.ecom.states.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals of one execution, and its state in memory while it runs. A burst of signals that fails has had no effect:
 * what is in memory is dropped, and the execution goes on from what is kept.
 */
final class Mailbox {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    private static final int SIGNALS_A_BURST_MAX = 100;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /** So many failures on end that time does not mend end the execution. */
    private static final int FAILURES_MAX = 5;

    /** Classes of SQLSTATE that say something of the database's health, not of what it was given. */
    private static final Set<String> OUTAGES = Set.of("08", "25", "40", "53", "55", "57", "58");

    private final long execution;
    private final Engine engine;
    private final Queue<Letter> letters = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isScheduled = new AtomicBoolean();
    private volatile Optional<Run> run;
    private int failures;

    private record Letter(Signal signal, CompletableFuture<Boolean> answer) {}

    /** Of one that is read from what is kept when the first signal comes. */
    Mailbox(long execution, Engine engine) {
        this(execution, engine, Optional.empty());
    }

    /** Of one that has just begun. */
    Mailbox(Run begun, Engine engine) {
        this(begun.execution().id(), engine, Optional.of(begun));
    }

    private Mailbox(long execution, Engine engine, Optional<Run> run) {
        this.execution = execution;
        this.engine = engine;
        this.run = run;
    }

    /** Has a signal take its effect. @return whether it had any, once that is kept */
    CompletableFuture<Boolean> add(Signal signal) {
        Letter letter = new Letter(signal, new CompletableFuture<>());
        letters.add(letter);
        schedule();
        return letter.answer();
    }

    private void schedule() {
        if (isScheduled.compareAndSet(false, true)) {
            try {
                engine.onWorker(this::work);
            } catch (RejectedExecutionException closing) {
                letters.forEach(letter -> letter.answer().completeExceptionally(closing));
            }
        }
    }

    private void work() {
        List<Letter> taken = new ArrayList<>();
        for (Letter letter = letters.poll(); letter != null; letter = letters.poll()) {
            taken.add(letter);
            if (taken.size() == SIGNALS_A_BURST_MAX) {
                break;
            }
        }
        try {
            answer(taken);
            failures = 0;
        } catch (RuntimeException | Error failure) {
            run = Optional.empty();
            taken.forEach(letter -> letter.answer().completeExceptionally(failure));
            failed(failure);
        }
        isScheduled.set(false);
        if (!letters.isEmpty()) {
            schedule();
        }
    }

    private void answer(List<Letter> taken) {
        Optional<Run> loaded = loaded();
        if (loaded.isEmpty()) {
            engine.forget(execution, this);
            taken.forEach(letter -> letter.answer().complete(false));
            return;
        }
        Run current = loaded.get();
        List<Boolean> effects = new ArrayList<>();
        for (Letter letter : taken) {
            effects.add(current.ending().isEmpty() && Interpreter.apply(current, letter.signal()));
        }
        Run.Burst burst = current.takeBurst();
        Instant now = engine.now();
        if (!burst.events().isEmpty() || effects.contains(true)) {
            engine.store().save(current, burst.events(), now);
        }
        if (burst.transitions() > 0) {
            engine.transitions().transitioned(current.execution().machineName(), burst.transitions());
        }
        for (int index = 0; index < taken.size(); index++) {
            taken.get(index).answer().complete(effects.get(index));
        }
        afterSaving(current, burst, now);
    }

    private void afterSaving(Run current, Run.Burst burst, Instant now) {
        burst.stops().forEach(engine.calls()::stop);
        if (current.ending().isPresent()) {
            engine.forget(execution, this);
            engine.calls()
                    .ended(Stored.ended(current.execution(), current.ending().get(), now));
        } else {
            // A call of a state that the same burst has left is of no use any more.
            burst.calls().stream()
                    .filter(current::isAwaited)
                    .forEach(call -> engine.calls().make(current.execution(), call));
            current.due()
                    .ifPresentOrElse(
                            due -> engine.timers().set(execution, due),
                            () -> engine.timers().clear(execution));
        }
    }

    private Optional<Run> loaded() {
        if (run.isEmpty()) {
            run = engine.store().running(execution).map(engine::restored);
        }
        return run.filter(current -> current.ending().isEmpty());
    }

    private void failed(Throwable failure) {
        if (engine.isClosing()) {
            return;
        }
        if (!isOutage(failure)) {
            failures++;
        }
        if (failures < FAILURES_MAX || !gaveUp(failure)) {
            LOG.error("execution {} could not go on; it is tried again", execution, failure);
            engine.timers().set(execution, engine.now().plus(AFTER_FAILURE));
        }
    }

    private boolean gaveUp(Throwable failure) {
        try {
            LOG.error("execution {} could not go on {} times and is given up", execution, failures, failure);
            Optional<String> arn =
                    engine.store().giveUp(execution, "The execution can't go on: " + failure, engine.now());
            engine.forget(execution, this);
            arn.flatMap(engine.store()::find).ifPresent(engine.calls()::ended);
            return true;
        } catch (RuntimeException again) {
            failure.addSuppressed(again);
            return false;
        }
    }

    private static boolean isOutage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            if (cause instanceof SQLException refused) {
                String state = refused.getSQLState();
                return state == null || state.length() < 2 || OUTAGES.contains(state.substring(0, 2));
            }
        }
        return false;
    }
}

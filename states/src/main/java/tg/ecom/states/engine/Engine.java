package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tg.ecom.states.LambdaFunctions;

/**
 * Drives executions. Signals of one execution have their effect one after another; what they lead to is kept before any
 * call is made, so that after a crash no state that has ended is run again.
 */
public final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final int WORKERS = 8;
    private static final int SIGNALS_A_BURST_MAX = 100;
    private static final Duration CLOSE_MAX = Duration.ofSeconds(3);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Store store;
    private final MachineStore machines;
    private final InstantSource clock;
    private final Calls calls;
    private final Timers timers;
    private final Map<Long, Mailbox> mailboxes = new ConcurrentHashMap<>();
    private final ExecutorService workers = Executors.newFixedThreadPool(
            WORKERS, Thread.ofPlatform().name("states-", 0).daemon().factory());

    /** Over what is kept; {@link #resume} begins the work. */
    public Engine(Store store, MachineStore machines, InstantSource clock, LambdaFunctions functions) {
        this.store = store;
        this.machines = machines;
        this.clock = clock;
        this.calls = new Calls(functions, this);
        this.timers = new Timers(clock, execution -> tell(execution, new Signal.Wake()));
    }

    /** Goes on with all executions that have not ended. */
    public void resume() {
        store.allRunning().forEach(execution -> tell(execution, new Signal.Wake()));
    }

    /**
     * Starts an execution; once this returns it will run, whatever happens.
     *
     * @return the execution, or empty when there is one of that ARN already
     */
    public Optional<Execution> start(Machine machine, String arn, String name, JsonNode input) {
        Execution draft = new Execution(
                0,
                arn,
                name,
                machine.arn(),
                machine.name(),
                machine.roleArn(),
                machine.revision(),
                input,
                Instant.ofEpochMilli(clock.millis()));
        Optional<Execution> begun = store.insert(draft);
        begun.ifPresent(execution -> {
            Run run = Run.begun(execution, machines.revision(execution.revision()), clock);
            Mailbox mailbox = mailboxes.computeIfAbsent(execution.id(), Mailbox::new);
            mailbox.run = run;
            var _ = mailbox.add(new Signal.Wake());
        });
        return begun;
    }

    /** Ends an execution from outside. @return whether it still ran */
    public boolean stop(long execution, Optional<String> error, Optional<String> cause) {
        return send(execution, new Signal.Stop(error, cause)).join();
    }

    /** Which execution a token was made for. @return empty when it is none of ours */
    public Optional<Long> executionOf(String token) {
        return Token.parse(token).map(Token::execution).filter(store::knows);
    }

    /** A token came back with an output. @return whether anybody still waited for it */
    public boolean tokenSucceeded(long execution, String token, JsonNode output) {
        return send(execution, new Signal.TokenSucceeded(token, output)).join();
    }

    /** A token came back with an error. @return whether anybody still waited for it */
    public boolean tokenFailed(long execution, String token, Optional<String> error, Optional<String> cause) {
        return send(execution, new Signal.TokenFailed(token, error, cause)).join();
    }

    /** The holder of a token is alive. @return whether anybody still waits for it */
    public boolean tokenAlive(long execution, String token) {
        return send(execution, new Signal.TokenAlive(token)).join();
    }

    /** The clock has jumped: timers are looked at now. */
    public void clockMoved() {
        timers.look();
    }

    /** Ends the threads. What runs is interrupted, and goes on at the next start. */
    @Override
    public void close() {
        timers.close();
        calls.close();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException interruption) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    Store store() {
        return store;
    }

    MachineStore machines() {
        return machines;
    }

    /** Lets an execution know something, and does not wait for what comes of it. */
    void tell(long execution, Signal signal) {
        var _ = send(execution, signal).whenComplete((effective, failure) -> {
            if (failure != null && !workers.isShutdown()) {
                LOG.error("execution {} could not go on; it is tried again", execution, failure);
                // In memory it was dropped, so that it goes on from what is kept.
                timers.set(execution, clock.instant().plus(AFTER_FAILURE));
            }
        });
    }

    private CompletableFuture<Boolean> send(long execution, Signal signal) {
        return mailboxes.computeIfAbsent(execution, Mailbox::new).add(signal);
    }

    /** The signals of one execution, and its state in memory while it runs. */
    private final class Mailbox {
        private final long execution;
        private final Queue<Letter> letters = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean isScheduled = new AtomicBoolean();
        private volatile Run run;

        Mailbox(long execution) {
            this.execution = execution;
        }

        CompletableFuture<Boolean> add(Signal signal) {
            Letter letter = new Letter(signal, new CompletableFuture<>());
            letters.add(letter);
            schedule();
            return letter.answer();
        }

        private void schedule() {
            if (isScheduled.compareAndSet(false, true)) {
                try {
                    workers.execute(this::work);
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
            } catch (RuntimeException failure) {
                run = null;
                taken.forEach(letter -> letter.answer().completeExceptionally(failure));
            }
            isScheduled.set(false);
            if (!letters.isEmpty()) {
                schedule();
            }
        }

        private void answer(List<Letter> taken) {
            if (!load()) {
                mailboxes.remove(execution, this);
                taken.forEach(letter -> letter.answer().complete(false));
                return;
            }
            List<Boolean> effects = new ArrayList<>();
            for (Letter letter : taken) {
                effects.add(run.ending().isEmpty() && Interpreter.apply(run, letter.signal()));
            }
            Run current = run;
            Run.Burst burst = current.takeBurst();
            if (!burst.events().isEmpty() || effects.contains(true)) {
                store.save(current, burst.events(), clock.instant());
            }
            for (int index = 0; index < taken.size(); index++) {
                taken.get(index).answer().complete(effects.get(index));
            }
            afterSaving(current, burst);
        }

        private void afterSaving(Run current, Run.Burst burst) {
            burst.stops().forEach(calls::stop);
            if (current.ending().isPresent()) {
                timers.clear(execution);
                mailboxes.remove(execution, this);
                calls.ended(current.execution().arn());
            } else {
                burst.calls().forEach(call -> calls.make(current.execution(), call));
                current.due().ifPresentOrElse(due -> timers.set(execution, due), () -> timers.clear(execution));
            }
        }

        private boolean load() {
            if (run != null) {
                return run.ending().isEmpty();
            }
            Optional<Store.Running> kept = store.running(execution);
            kept.ifPresent(running -> {
                var machine = machines.revision(running.execution().revision());
                run = running.snapshot()
                        .map(snapshot -> Run.restored(running.execution(), machine, clock, snapshot))
                        .orElseGet(() -> Run.begun(running.execution(), machine, clock));
                Interpreter.restore(run);
            });
            return run != null;
        }
    }

    private record Letter(Signal signal, CompletableFuture<Boolean> answer) {}
}

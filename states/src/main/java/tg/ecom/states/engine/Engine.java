package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tg.ecom.states.LambdaFunctions;
import tg.ecom.states.TransitionListener;
import tg.ecom.states.definition.StateMachine;

/**
 * Drives executions. Signals of one execution have their effect one after another; what they lead to is kept before any
 * call is made, so that after a crash no state that has ended is run again.
 */
public final class Engine implements AutoCloseable {
    private static final int WORKERS = 8;
    private static final Duration CLOSE_MAX = Duration.ofSeconds(3);

    private final Store store;
    private final MachineStore machines;
    private final InstantSource clock;
    private final TransitionListener transitions;
    private final Calls calls;
    private final Timers timers;
    private final Map<Long, Mailbox> mailboxes = new ConcurrentHashMap<>();
    private volatile boolean isClosing;
    private final ExecutorService workers = Executors.newFixedThreadPool(
            WORKERS, Thread.ofPlatform().name("states-", 0).daemon().factory());

    /** Over what is kept; {@link #resume} begins the work. */
    public Engine(
            Store store,
            MachineStore machines,
            InstantSource clock,
            LambdaFunctions functions,
            TransitionListener transitions) {
        this.store = store;
        this.machines = machines;
        this.clock = clock;
        this.transitions = transitions;
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
     * @param given the input as its text was given
     * @return the execution, or empty when there is one of that ARN already
     */
    public Optional<Execution> start(Machine machine, String arn, String name, JsonNode input, String given) {
        Execution draft = new Execution(
                0,
                arn,
                name,
                machine.arn(),
                machine.name(),
                machine.roleArn(),
                machine.revision(),
                input,
                given,
                Instant.ofEpochMilli(clock.millis()));
        Optional<Execution> begun = store.insert(draft);
        begun.ifPresent(execution -> {
            Run run = Run.begun(execution, machines.revision(execution.revision()), clock);
            // One that is there by now got a signal of its own, and reads what is kept.
            mailboxes.putIfAbsent(execution.id(), new Mailbox(run, this));
            tell(execution.id(), new Signal.Wake());
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

    /**
     * Ends the threads. From here on nothing that functions answer counts, for the end itself may have made them fail:
     * they are called again at the next start.
     */
    @Override
    public void close() {
        isClosing = true;
        timers.close();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException interruption) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
        calls.close();
    }

    Store store() {
        return store;
    }

    MachineStore machines() {
        return machines;
    }

    Calls calls() {
        return calls;
    }

    TransitionListener transitions() {
        return transitions;
    }

    Timers timers() {
        return timers;
    }

    Instant now() {
        return clock.instant();
    }

    boolean isClosing() {
        return isClosing;
    }

    /** @throws java.util.concurrent.RejectedExecutionException once closing has begun */
    void onWorker(Runnable work) {
        workers.execute(work);
    }

    /** A run that was kept, with the calls that it waits for to be made again. */
    Run restored(Store.Running kept) {
        StateMachine machine = machines.revision(kept.execution().revision());
        Run run = kept.snapshot()
                .map(snapshot -> Run.restored(kept.execution(), machine, clock, snapshot))
                .orElseGet(() -> Run.begun(kept.execution(), machine, clock));
        Interpreter.restore(run);
        return run;
    }

    /** An execution has ended: nothing is due to it any more. */
    void forget(long execution, Mailbox mailbox) {
        timers.clear(execution);
        mailboxes.remove(execution, mailbox);
    }

    /** Lets an execution know something, and does not wait for what comes of it. */
    void tell(long execution, Signal signal) {
        if (!isClosing) {
            var _ = send(execution, signal);
        }
    }

    private CompletableFuture<Boolean> send(long execution, Signal signal) {
        return mailboxes
                .computeIfAbsent(execution, absent -> new Mailbox(absent, this))
                .add(signal);
    }
}

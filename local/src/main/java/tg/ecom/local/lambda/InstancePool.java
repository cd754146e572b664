package tg.ecom.local.lambda;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import tg.ecom.local.template.FunctionDefinition;

/**
 * The instances of one function in this JVM: the one used last serves first, a new one is made when all are busy, up to
 * the concurrency; what comes then waits as long as the function may run.
 */
final class InstancePool implements FunctionHost {
    /** The exit status of a process that SIGKILL ended. */
    private static final int KILLED = 137;

    private final FunctionDefinition function;
    private final FunctionCode code;
    private final Supplier<Map<String, String>> environment;
    private final InstantSource clock;
    private final Duration idleMax;
    private final int concurrencyMax;
    private final Semaphore concurrency;
    private final InstanceBudget budget;
    private final Failpoints failpoints;
    private final ConcurrentLinkedDeque<Instance> idle = new ConcurrentLinkedDeque<>();
    private final ExecutorService threads;

    InstancePool(
            FunctionDefinition function,
            FunctionCode code,
            Supplier<Map<String, String>> environment,
            InstantSource clock,
            Quotas quotas,
            InstanceBudget budget,
            Failpoints failpoints) {
        this.function = function;
        this.code = code;
        this.environment = environment;
        this.clock = clock;
        this.idleMax = quotas.idleMax();
        this.budget = budget;
        this.failpoints = failpoints;
        budget.add(this);
        this.concurrencyMax = quotas.concurrencyMax();
        this.concurrency = new Semaphore(concurrencyMax, true);
        // Platform threads: a handler that only computes would keep a virtual thread's carrier from everybody else.
        this.threads = Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name(function.name() + "-", 0).factory());
    }

    @Override
    public Invoker.Result invoke(Invocation invocation) {
        acquire();
        try {
            return serve(invocation);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FunctionErrors.timedOut(invocation.requestId(), invocation.timeout());
        } finally {
            concurrency.release();
        }
    }

    /** How many invocations are underway. */
    int busy() {
        return concurrencyMax - concurrency.availablePermits();
    }

    /** Closes instances that had no work for too long. */
    void dropIdle() {
        for (Instance instance : idle) {
            if (instance.idleNanos() > idleMax.toNanos() && idle.remove(instance)) {
                end(instance);
            }
        }
    }

    /** How long its instance that was used least recently has had no work; negative when all are at work. */
    long longestRestNanos() {
        Instance last = idle.peekLast();
        return last == null ? -1 : last.idleNanos();
    }

    /** Closes that instance, if there is one. */
    boolean evict() {
        Instance last = idle.pollLast();
        if (last == null) {
            return false;
        }
        end(last);
        return true;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        for (Instance instance = idle.poll(); instance != null; instance = idle.poll()) {
            end(instance);
        }
    }

    private void acquire() {
        try {
            if (!concurrency.tryAcquire(function.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TooManyRequestsException(function.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooManyRequestsException(function.name());
        }
    }

    private Invoker.Result serve(Invocation invocation) throws InterruptedException {
        Optional<Instance> rested = Optional.ofNullable(idle.pollFirst());
        try {
            Instance instance = rested.isPresent() ? rested.get() : start();
            return serve(instance, invocation);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof InitializationException failed ? failed.getCause() : e.getCause();
            return cause instanceof Mortality.Killed
                    ? FunctionErrors.exited(invocation.requestId(), KILLED)
                    : FunctionErrors.thrown(cause);
        } catch (TimeoutException e) {
            return FunctionErrors.timedOut(invocation.requestId(), Quotas.INITIALIZATION_MAX);
        }
    }

    private Instance start() throws InterruptedException, ExecutionException, TimeoutException {
        budget.take(function.name(), function.timeout());
        boolean started = false;
        try {
            Instance instance = within(
                    Quotas.INITIALIZATION_MAX,
                    () -> Instance.start(
                            function,
                            code.loader(function),
                            environment.get(),
                            clock,
                            new Mortality(failpoints, function.name())));
            started = true;
            return instance;
        } finally {
            if (!started) {
                budget.giveBack();
            }
        }
    }

    private void end(Instance instance) {
        budget.giveBack();
        instance.close();
    }

    /** An instance that ran into its deadline, was killed or broke the JVM's promises is not used again. */
    private Invoker.Result serve(Instance instance, Invocation invocation) throws InterruptedException {
        boolean reusable = false;
        try {
            long deadline = System.nanoTime() + invocation.timeout().toNanos();
            byte[] answer = within(invocation.timeout(), () -> instance.handle(invocation, deadline));
            reusable = !instance.dead();
            return reusable ? FunctionErrors.answered(answer) : FunctionErrors.exited(invocation.requestId(), KILLED);
        } catch (ExecutionException e) {
            reusable = !(e.getCause() instanceof VirtualMachineError) && !instance.dead();
            return instance.dead()
                    ? FunctionErrors.exited(invocation.requestId(), KILLED)
                    : FunctionErrors.thrown(e.getCause());
        } catch (TimeoutException e) {
            return FunctionErrors.timedOut(invocation.requestId(), invocation.timeout());
        } finally {
            if (reusable && !threads.isShutdown()) {
                instance.rest();
                idle.addFirst(instance);
            } else {
                end(instance);
            }
        }
    }

    private <T> T within(Duration limit, Callable<T> work)
            throws InterruptedException, ExecutionException, TimeoutException {
        Future<T> future = threads.submit(work);
        try {
            return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            future.cancel(true);
        }
    }
}

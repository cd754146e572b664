package tg.ecom.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tg.ecom.local.parts.PartFailure;

/** Starts parts side by side, each on a thread of its own, and closes again what was started. */
final class Startup {
    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

    /** How long the end waits for parts that are about to start. */
    private static final Duration STARTING_MAX = Duration.ofSeconds(20);

    private final StartupListener told;
    private final long beganNanos = System.nanoTime();
    private final List<AutoCloseable> started = new ArrayList<>();
    private final List<Thread> starting = new ArrayList<>();
    private boolean closing;
    private Duration untilReady = Duration.ZERO;

    Startup(StartupListener told) {
        this.told = told;
    }

    /** Starts a part and goes on; what it returns is closed by {@link #closeAll} if it can be. */
    <T> CompletableFuture<T> start(String name, Callable<T> part) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().name("start-" + name).unstarted(() -> {
            long began = System.nanoTime();
            try {
                T made = part.call();
                if (made instanceof AutoCloseable closeable) {
                    remember(closeable);
                }
                told.started(name, Duration.ofNanos(System.nanoTime() - began));
                result.complete(made);
            } catch (Exception | LinkageError failed) {
                result.completeExceptionally(failed);
            }
        });
        synchronized (this) {
            if (closing) {
                throw new PartFailure("The start was ended before it was ready.");
            }
            starting.add(thread);
            thread.start();
        }
        return result;
    }

    /** Waits for a part. What stopped it from starting is thrown as it was. */
    static <T> T await(CompletableFuture<T> part) {
        try {
            return part.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException told) {
                throw told;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** Waits until the process is told to end. */
    static void awaitSignal() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has something closed with the rest. */
    synchronized <T extends AutoCloseable> T remember(T closeable) {
        started.add(closeable);
        return closeable;
    }

    synchronized void ready() {
        untilReady = Duration.ofNanos(System.nanoTime() - beganNanos);
    }

    synchronized boolean isReady() {
        return !untilReady.isZero();
    }

    synchronized Duration elapsedUntilReady() {
        return untilReady;
    }

    /**
     * Closes what was started, the last first; what does not close is logged, and the rest closed all the same. What is
     * about to start is waited for, since a server that comes up later would stay.
     */
    void closeAll() {
        awaitStarting();
        List<AutoCloseable> all;
        synchronized (this) {
            all = new ArrayList<>(started.reversed());
            started.clear();
        }
        for (AutoCloseable each : all) {
            try {
                each.close();
            } catch (Exception stuck) {
                LOG.warn("{} did not close", each.getClass().getSimpleName(), stuck);
            }
        }
    }

    private void awaitStarting() {
        List<Thread> underway;
        synchronized (this) {
            closing = true;
            underway = List.copyOf(starting);
        }
        Instant end = Instant.now().plus(STARTING_MAX);
        try {
            for (Thread thread : underway) {
                Duration left = Duration.between(Instant.now(), end);
                if (!thread.equals(Thread.currentThread()) && left.isPositive()) {
                    thread.join(left);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

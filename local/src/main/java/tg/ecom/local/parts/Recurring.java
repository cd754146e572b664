package tg.ecom.local.parts;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that is done again and again on a thread of its own: at an interval, and at once when it is called for. */
public final class Recurring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recurring.class);

    /** How long the end waits for work that is underway. */
    private static final Duration STOP_MAX = Duration.ofMillis(500);

    private final Duration interval;
    private final Runnable work;
    private final Semaphore calls = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /** Prepares work that {@link #start} begins; what it throws is logged, and it is done again in its time. */
    public Recurring(String name, Duration interval, Runnable work) {
        this.interval = interval;
        this.work = work;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::repeat);
    }

    /** Does it for the first time, and from then on until it is closed. */
    public void start() {
        thread.start();
    }

    /** Has it done as soon as it is not underway. */
    public void call() {
        calls.release();
    }

    /** Waits, within the work, for that long or until it is called for again. */
    public void pause(Duration duration) {
        try {
            if (calls.tryAcquire(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                calls.drainPermits();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it was told to end. */
    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            if (thread.isAlive()) {
                thread.join(STOP_MAX);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void repeat() {
        while (!closed) {
            try {
                work.run();
            } catch (RuntimeException failure) {
                if (!closed) {
                    LOG.warn("{} failed, and is tried again", thread.getName(), failure);
                }
            }
            pause(interval);
        }
    }
}

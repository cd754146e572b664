package tg.ecom.states.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/** Wakes executions when something is due, by a clock that may jump. An execution has one timer: the earliest. */
final class Timers implements AutoCloseable {
    /** A clock that jumps without telling is noticed after so long. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final LongConsumer wake;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeSet<Timer> ahead = new TreeSet<>();
    private final Map<Long, Timer> byExecution = new HashMap<>();
    private final Thread thread;
    private boolean closed;

    private record Timer(Instant due, long execution) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byTime = due.compareTo(other.due);
            return byTime != 0 ? byTime : Long.compare(execution, other.execution);
        }
    }

    Timers(InstantSource clock, LongConsumer wake) {
        this.clock = clock;
        this.wake = wake;
        this.thread = Thread.ofVirtual().name("states-timers").start(this::run);
    }

    /** Sets an execution's timer, in place of the one that it had. */
    void set(long execution, Instant due) {
        lock.lock();
        try {
            clear(execution);
            Timer timer = new Timer(due, execution);
            byExecution.put(execution, timer);
            ahead.add(timer);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** An execution waits for no time any more. */
    void clear(long execution) {
        lock.lock();
        try {
            Timer timer = byExecution.remove(execution);
            if (timer != null) {
                ahead.remove(timer);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The clock has jumped. */
    void look() {
        lock.lock();
        try {
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }

    private void run() {
        lock.lock();
        try {
            while (!closed) {
                while (!ahead.isEmpty() && !ahead.first().due().isAfter(clock.instant())) {
                    Timer due = ahead.pollFirst();
                    byExecution.remove(due.execution());
                    wake.accept(due.execution());
                }
                var _ = changed.await(pause().toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private Duration pause() {
        if (ahead.isEmpty()) {
            return LOOK_AGAIN;
        }
        Duration wait = Duration.between(clock.instant(), ahead.first().due());
        return wait.compareTo(LOOK_AGAIN) < 0 ? wait : LOOK_AGAIN;
    }
}

package tg.ecom.local.lambda;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many instances all functions together may have, since each may hold one of PostgreSQL's connections. When all are
 * taken, the pool that has rested longest gives one up.
 */
final class InstanceBudget {
    private static final long LOOK_AGAIN_MS = 20;

    private final Semaphore free;
    private final List<InstancePool> pools = new CopyOnWriteArrayList<>();

    InstanceBudget(int instancesMax) {
        free = new Semaphore(instancesMax, true);
    }

    void add(InstancePool pool) {
        pools.add(pool);
    }

    /** Takes a place, at another function's cost if need be; throws when all are at work for that long. */
    void take(String function, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!free.tryAcquire(0, TimeUnit.SECONDS)) {
            if (System.nanoTime() > deadline) {
                throw new TooManyRequestsException(function);
            }
            // An instance that comes to rest frees no place by itself, so it is looked for time and again.
            if (!evict() && free.tryAcquire(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    void giveBack() {
        free.release();
    }

    private boolean evict() {
        return pools.stream()
                .max(Comparator.comparingLong(InstancePool::longestRestNanos))
                .map(InstancePool::evict)
                .orElse(false);
    }
}

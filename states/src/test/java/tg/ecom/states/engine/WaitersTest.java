package tg.ecom.states.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** An execution that ends while somebody begins to wait for it. */
class WaitersTest {
    private static final int ROUNDS = 200_000;

    @Test
    void whoBeginsToWaitWhileItEnds_isTakenOnce() throws Exception {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                Waiters<String> waiters = new Waiters<>();
                AtomicBoolean hasEnded = new AtomicBoolean();
                Phaser together = new Phaser(2);
                Future<Integer> ending = other.submit(() -> {
                    together.arriveAndAwaitAdvance();
                    hasEnded.set(true);
                    return waiters.take("execution").size();
                });
                together.arriveAndAwaitAdvance();
                waiters.add("execution", "who waits");
                int taken = hasEnded.get() ? waiters.take("execution").size() : 0;
                assertEquals(1, taken + ending.get(), "taken in round " + round);
            }
        }
    }
}

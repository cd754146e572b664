package tg.ecom.benchmarks;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** Threads that do the same at the same time. */
final class Callers implements AutoCloseable {
    private final int count;
    private final ExecutorService threads;

    Callers(int count) {
        this.count = count;
        this.threads = Executors.newFixedThreadPool(count);
    }

    int count() {
        return count;
    }

    /**
     * Has each, by its number, do it once, and adds up what they answer. What one throws is thrown when all are done.
     */
    long sum(IntToLongFunction work) {
        List<CompletableFuture<Long>> answers = IntStream.range(0, count)
                .mapToObj(caller -> CompletableFuture.supplyAsync(() -> work.applyAsLong(caller), threads))
                .toList();
        try {
            CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
        return answers.stream().mapToLong(CompletableFuture::join).sum();
    }

    @Override
    public void close() {
        threads.close();
    }
}

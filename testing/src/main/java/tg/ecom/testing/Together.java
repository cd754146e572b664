package tg.ecom.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tg.ecom.kernel.ProblemException;

/** Work that begins at the same moment in threads of its own. */
public final class Together {
    private static final long TIMEOUT_S = 120;

    private Together() {}

    /** Does each, all as instances of their own. @return how many were not refused */
    public static <I> long succeeded(int count, Supplier<I> instance, Consumer<I> work) {
        List<Callable<Boolean>> works = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            I own = instance.get();
            works.add(() -> {
                try {
                    work.accept(own);
                    return true;
                } catch (ProblemException refused) {
                    return false;
                }
            });
        }
        return call(works).stream().filter(done -> done).count();
    }

    /** Does the same so many times, and gives the answers. */
    public static <T> List<T> call(int times, Callable<T> work) {
        return call(Collections.nCopies(times, work));
    }

    /** Does each, and gives what they answer, in their order. */
    public static <T> List<T> call(List<Callable<T>> works) {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = works.stream()
                    .map(work -> threads.submit(() -> {
                        start.await();
                        return work.call();
                    }))
                    .toList();
            start.countDown();
            List<T> answers = new ArrayList<>();
            for (Future<T> one : running) {
                answers.add(one.get(TIMEOUT_S, TimeUnit.SECONDS));
            }
            return answers;
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new IllegalStateException(failed);
        }
    }
}

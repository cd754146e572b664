package tg.ecom.states.expression;

import com.dashjoin.jsonata.Jsonata.Frame;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/**
 * What one evaluation may take: so much time, so many calls within each other, and so many items and characters in all
 * that its parts come to. The last bounds memory: without it a short expression fills the heap long before its time is
 * over, and a full heap leaves no time to see that.
 */
final class Effort {
    private static final long TIME_MAX_NS = TimeUnit.SECONDS.toNanos(5);
    private static final int DEPTH_MAX = 1_000;

    /**
     * Of 5,000 items a loop for each over all comes to half of it; as many new numbers take a few hundred megabytes.
     */
    private static final long HANDLED_MAX = 50_000_000;

    private final long began = System.nanoTime();
    private int depth;
    private long handled;

    private Effort() {}

    /** Has evaluations within that frame fail when they take more. */
    static void bound(Frame frame) {
        Effort effort = new Effort();
        frame.setEvaluateEntryCallback((expression, input, environment) -> effort.enter(environment));
        frame.setEvaluateExitCallback((expression, input, environment, result) -> effort.leave(environment, result));
    }

    private void enter(Frame environment) {
        // As the library's own bounds have it.
        if (!environment.isParallelCall) {
            depth++;
            check();
        }
    }

    private void leave(Frame environment, Object result) {
        if (!environment.isParallelCall) {
            depth--;
            handled += size(result);
            check();
        }
    }

    private static long size(Object result) {
        return switch (result) {
            case Collection<?> items -> items.size();
            case CharSequence text -> text.length();
            case null, default -> 1;
        };
    }

    private void check() {
        if (depth > DEPTH_MAX) {
            throw new IllegalStateException("It calls itself more than " + DEPTH_MAX + " times.");
        }
        if (System.nanoTime() - began > TIME_MAX_NS) {
            throw new IllegalStateException("It takes longer than 5 s.");
        }
        if (handled > HANDLED_MAX) {
            throw new IllegalStateException("It handles more than " + HANDLED_MAX + " items and characters.");
        }
    }
}

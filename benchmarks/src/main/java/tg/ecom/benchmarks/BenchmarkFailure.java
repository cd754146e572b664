package tg.ecom.benchmarks;

/** What was to be measured did not happen. */
final class BenchmarkFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BenchmarkFailure(String message) {
        super(message);
    }

    BenchmarkFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** Somebody ends it. The thread is not marked again, since it has yet to wait for servers to end. */
    static BenchmarkFailure interrupted() {
        return new BenchmarkFailure("It was interrupted.");
    }

    /** Ends what is long and does not wait, when somebody ends it. */
    static void throwIfInterrupted() {
        if (Thread.interrupted()) {
            throw interrupted();
        }
    }
}

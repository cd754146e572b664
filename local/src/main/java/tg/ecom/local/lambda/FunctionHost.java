package tg.ecom.local.lambda;

/** Runs the invocations of one function. */
interface FunctionHost extends AutoCloseable {
    /** Waits for the answer or the function's error; throws {@link TooManyRequestsException} when it is too busy. */
    Invoker.Result invoke(Invocation invocation);

    /** Ends it; invocations underway may fail. */
    @Override
    void close();
}

package tg.ecom.local.lambda;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import tg.ecom.local.template.FunctionDefinition;

/** A function whose invocations are told to whoever wants to know, when they have ended. */
record ObservedFunction(FunctionHost host, List<BiConsumer<FunctionDefinition, Duration>> observers)
        implements FunctionHost {
    @Override
    public Invoker.Result invoke(Invocation invocation) {
        long began = System.nanoTime();
        try {
            return host.invoke(invocation);
        } finally {
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            observers.forEach(observer -> observer.accept(invocation.function(), took));
        }
    }

    @Override
    public void close() {
        host.close();
    }
}

package tg.ecom.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tg.ecom.local.template.FunctionDefinition;

/**
 * A handler object that serves one request at a time. It is made inside {@code FunctionRuntime.within} of the layers,
 * which gives it settings and clock of its own although the process environment is shared.
 */
final class Instance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Instance.class);
    private static final String RUNTIME = "tg.ecom.platform.FunctionRuntime";
    private static final MethodType WITHIN =
            MethodType.methodType(Object.class, Map.class, InstantSource.class, Consumer.class, Callable.class);

    private final RequestStreamHandler handler;
    private final ClassLoader loader;
    private final Mortality mortality;
    private long idleSinceNanos = System.nanoTime();

    private Instance(RequestStreamHandler handler, ClassLoader loader, Mortality mortality) {
        this.handler = handler;
        this.loader = loader;
        this.mortality = mortality;
        mortality.beforeDeath(this::close);
    }

    /** Makes the handler on this thread. */
    static Instance start(
            FunctionDefinition function,
            ClassLoader loader,
            Map<String, String> environment,
            InstantSource clock,
            Mortality mortality)
            throws InitializationException {
        Thread.currentThread().setContextClassLoader(loader);
        Callable<Object> construction = () -> construct(function, loader);
        try {
            Object handler = within(loader, environment, clock, mortality, construction);
            if (handler instanceof RequestStreamHandler streaming) {
                return new Instance(streaming, loader, mortality);
            }
            throw new ClassCastException(function.handler() + " is not a RequestStreamHandler");
        } catch (InvocationTargetException e) {
            throw new InitializationException(e.getCause());
        } catch (Throwable e) {
            // Whatever a function's start-up throws is the function's failure, errors too.
            throw new InitializationException(e);
        }
    }

    /** Answers one event on this thread. */
    byte[] handle(Invocation invocation, long deadlineNanos) throws IOException {
        Thread.currentThread().setContextClassLoader(loader);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream(invocation.payload()),
                answer,
                new InvocationContext(invocation, deadlineNanos));
        return answer.toByteArray();
    }

    /** Whether it was killed on purpose; it serves nobody any more. */
    boolean dead() {
        return mortality.dead();
    }

    void rest() {
        idleSinceNanos = System.nanoTime();
    }

    long idleNanos() {
        return System.nanoTime() - idleSinceNanos;
    }

    /** Frees what a handler holds if it says how, such as its database connection; Lambda freezes it instead. */
    @Override
    public void close() {
        if (handler instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.warn(
                        "A handler of {} could not be closed",
                        handler.getClass().getName(),
                        e);
            }
        }
    }

    private static Object construct(FunctionDefinition function, ClassLoader loader)
            throws ReflectiveOperationException {
        String handler = function.handler();
        int method = handler.indexOf("::");
        if (method >= 0 && !handler.endsWith("::handleRequest")) {
            throw new NoSuchMethodException(handler + " is not handleRequest of a RequestStreamHandler");
        }
        String name = method >= 0 ? handler.substring(0, method) : handler;
        return Class.forName(name, true, loader).getConstructor().newInstance();
    }

    /** A function without the platform (the migrations) is constructed plainly. */
    private static Object within(
            ClassLoader loader,
            Map<String, String> environment,
            InstantSource clock,
            Mortality mortality,
            Callable<Object> construction)
            throws Throwable {
        Class<?> runtime;
        try {
            runtime = Class.forName(RUNTIME, true, loader);
        } catch (ClassNotFoundException e) {
            return construction.call();
        }
        MethodHandle within = MethodHandles.publicLookup().findStatic(runtime, "within", WITHIN);
        return within.invoke(environment, clock, mortality, construction);
    }
}

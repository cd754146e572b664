package tg.ecom.local.lambda;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import tg.ecom.local.template.FunctionDefinition;

/** Every function of the templates, invoked as Lambda does: in this JVM, or in a process of its own. */
public final class LambdaService implements Invoker, AutoCloseable {
    private final Map<String, FunctionDefinition> definitions = new TreeMap<>();
    private final Map<String, FunctionHost> hosts = new TreeMap<>();
    private final List<InstancePool> pools = new ArrayList<>();
    private final List<BiConsumer<FunctionDefinition, Duration>> observers = new CopyOnWriteArrayList<>();
    private final Failpoints failpoints = new Failpoints();
    private final EventQueue events;
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("idle-instances").factory());

    /**
     * Prepares the functions; each starts when it is first invoked.
     *
     * @param functions all functions of the templates
     * @param code their class loaders
     * @param environment their environment variables
     * @param clock the time that functions see; a function in a process of its own sees the system's
     * @param quotas the bounds
     * @param isolated names of functions that run in processes of their own
     * @throws IllegalArgumentException when there is no function of such a name
     */
    public LambdaService(
            List<FunctionDefinition> functions,
            FunctionCode code,
            FunctionEnvironment environment,
            InstantSource clock,
            Quotas quotas,
            Set<String> isolated) {
        functions.forEach(function -> definitions.put(function.name(), function));
        for (String name : isolated) {
            if (!definitions.containsKey(name)) {
                throw new IllegalArgumentException(
                        "There is no function " + name + " to isolate; there are " + definitions.keySet() + ".");
            }
        }
        InstanceBudget budget = new InstanceBudget(quotas.instancesMax());
        for (FunctionDefinition function : functions) {
            FunctionHost host;
            if (isolated.contains(function.name())) {
                host = new IsolatedFunction(function, code.cache(), () -> environment.of(function));
            } else {
                InstancePool pool = new InstancePool(
                        function, code, () -> environment.of(function), clock, quotas, budget, failpoints);
                pools.add(pool);
                host = pool;
            }
            hosts.put(function.name(), new ObservedFunction(host, observers));
        }
        events = new EventQueue(quotas);
        long periodNanos = Math.max(1, quotas.idleMax().toNanos() / 2);
        var _ = sweeper.scheduleWithFixedDelay(this::dropIdle, periodNanos, periodNanos, TimeUnit.NANOSECONDS);
    }

    /** Has an observer told of each invocation that ends, and how long it took, on the thread that made it. */
    public void observe(BiConsumer<FunctionDefinition, Duration> observer) {
        observers.add(observer);
    }

    /** Where instances of this JVM are killed on purpose. */
    public Failpoints failpoints() {
        return failpoints;
    }

    /** All functions, in the order of their names. */
    public List<FunctionDefinition> functions() {
        return List.copyOf(definitions.values());
    }

    /**
     * A function by name or ARN, with or without a version or alias that it has.
     *
     * @throws UnknownFunctionException when there is none
     */
    public FunctionDefinition function(String function) {
        FunctionName name = FunctionName.parse(function);
        FunctionDefinition definition = definitions.get(name.name());
        if (definition == null
                || !name.qualifier().map(each -> has(definition, each)).orElse(true)) {
            throw new UnknownFunctionException(function);
        }
        return definition;
    }

    /** As {@link Invoker} says; throws {@link RequestTooLargeException} and {@link TooManyRequestsException} too. */
    @Override
    public Result invoke(String function, byte[] payload) {
        FunctionDefinition definition = function(function);
        if (payload.length > Quotas.REQUEST_MAX_BYTES) {
            throw new RequestTooLargeException(Quotas.REQUEST_MAX_BYTES);
        }
        return hosts.get(definition.name()).invoke(Invocation.of(definition, payload));
    }

    /** As {@link Invoker} says; throws {@link RequestTooLargeException} and {@link TooManyRequestsException} too. */
    @Override
    public void invokeEvent(String function, byte[] payload) {
        FunctionDefinition definition = function(function);
        if (payload.length > Quotas.EVENT_MAX_BYTES) {
            throw new RequestTooLargeException(Quotas.EVENT_MAX_BYTES);
        }
        events.add(Invocation.of(definition, payload), hosts.get(definition.name()));
    }

    /** Ends every instance and process. Invocations underway are interrupted. */
    @Override
    public void close() {
        sweeper.shutdownNow();
        events.close();
        hosts.values().forEach(FunctionHost::close);
    }

    private static boolean has(FunctionDefinition definition, String qualifier) {
        boolean published = qualifier.equals("1") || definition.alias().equals(Optional.of(qualifier));
        return qualifier.equals("$LATEST") || (published && definition.alias().isPresent());
    }

    private void dropIdle() {
        pools.forEach(InstancePool::dropIdle);
    }
}

package tg.ecom.local.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tg.ecom.local.template.FunctionDefinition;

/**
 * A function run as Lambda runs it: a java process that sees its zip and layers alone, driven by AWS's runtime
 * interface client. It starts at the first invocation, serves one at a time, and starts anew after a timeout or a
 * crash.
 */
public final class IsolatedFunction implements FunctionHost {
    private final FunctionDefinition function;
    private final CodeCache cache;
    private final Supplier<Map<String, String>> environment;
    private final ReentrantLock lock = new ReentrantLock(true);
    private RuntimeProcess process;
    private Path taskRoot;

    /** Prepares the function; the environment, as {@link FunctionEnvironment} makes it, is asked at each start. */
    public IsolatedFunction(FunctionDefinition function, CodeCache cache, Supplier<Map<String, String>> environment) {
        this.function = function;
        this.cache = cache;
        this.environment = environment;
    }

    /** Invokes it with an event in JSON. */
    public Invoker.Result invoke(byte[] payload) {
        return invoke(Invocation.of(function, payload));
    }

    @Override
    public Invoker.Result invoke(Invocation invocation) {
        lock.lock();
        try {
            if (process == null || !process.alive()) {
                restart();
            }
            return process.invoke(invocation);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FunctionErrors.timedOut(invocation.requestId(), invocation.timeout());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            stop();
            if (taskRoot != null) {
                delete(taskRoot);
                taskRoot = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private void restart() {
        stop();
        if (taskRoot == null) {
            taskRoot = assemble();
        }
        process = new RuntimeProcess(
                function.handler(), taskRoot, cache.directory(), function.memoryMb(), environment.get());
    }

    private void stop() {
        if (process != null) {
            process.close();
            process = null;
        }
    }

    /**
     * The zip's content with the layers' jars in its lib: the client looks for layers in /opt/java, which is no place
     * of ours, and puts both on one class path anyway.
     */
    private Path assemble() {
        try {
            Path code = cache.extract(function.code());
            Path root = Files.createTempDirectory(cache.directory(), "task-");
            Path lib = Files.createDirectories(root.resolve("lib"));
            try (Stream<Path> files = Files.walk(code)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path target = root.resolve(code.relativize(file));
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
            for (Path layer : function.layers()) {
                for (Path jar : CodeCache.jars(cache.extract(layer).resolve("java/lib"))) {
                    // Behind the function's own jars, as Lambda's class path has it; two layers may bring the same jar.
                    Files.deleteIfExists(lib.resolve("zz-layer-" + jar.getFileName()));
                    Files.copy(jar, lib.resolve("zz-layer-" + jar.getFileName()));
                }
            }
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException("The class path of " + function.name() + " can't be laid out", e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

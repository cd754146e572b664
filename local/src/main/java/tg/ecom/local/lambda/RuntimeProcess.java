package tg.ecom.local.lambda;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A running java process with the runtime interface client, and the Runtime API it talks to. */
final class RuntimeProcess implements AutoCloseable {
    private static final Duration END_MAX = Duration.ofSeconds(2);

    private final RuntimeApi api = new RuntimeApi();
    private final Process process;

    /**
     * Starts the process.
     *
     * @param handler the handler's class
     * @param taskRoot the directory with the function's classes and lib, the working directory as on Lambda
     * @param cache where the client's native library may be kept
     * @param memoryMb the function's memory, of which the heap is four fifths
     * @param environment the whole environment, without the address of the Runtime API
     */
    RuntimeProcess(String handler, Path taskRoot, Path cache, int memoryMb, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + Math.max(64, memoryMb * 4 / 5) + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-D" + RuntimeInterfaceClient.LIBRARY_PROPERTY + "=" + RuntimeInterfaceClient.library(cache),
                "-classpath",
                RuntimeInterfaceClient.classPath(),
                RuntimeInterfaceClient.MAIN_CLASS,
                handler));
        builder.directory(taskRoot.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
        builder.environment().put("LAMBDA_TASK_ROOT", taskRoot.toString());
        builder.environment().put("LAMBDA_RUNTIME_DIR", taskRoot.toString());
        try {
            process = builder.start();
        } catch (IOException e) {
            api.close();
            throw new UncheckedIOException("The java process of " + handler + " can't be started", e);
        }
        Thread.ofVirtual().name("output-of-" + handler).start(this::copyOutput);
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Runs one invocation: the function's answer or its error, also when the process ends over it. */
    Invoker.Result invoke(Invocation invocation) throws InterruptedException {
        CompletableFuture<Invoker.Result> exit =
                process.onExit().thenApply(ended -> FunctionErrors.exited(invocation.requestId(), ended.exitValue()));
        try {
            CompletableFuture.anyOf(api.ready(), api.initializationError(), exit)
                    .get(Quotas.INITIALIZATION_MAX.toMillis(), TimeUnit.MILLISECONDS);
            if (api.initializationError().isDone()) {
                return api.initializationError().join();
            }
            if (exit.isDone()) {
                return exit.join();
            }
            return api.submit(invocation)
                    .applyToEither(exit, result -> result)
                    .get(invocation.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            close();
            return FunctionErrors.timedOut(invocation.requestId(), invocation.timeout());
        } catch (ExecutionException e) {
            throw new IllegalStateException("No part of an invocation completes exceptionally", e);
        }
    }

    /** Ends the process, with force after a moment. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        api.close();
    }

    private void copyOutput() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(line);
            }
        } catch (IOException e) {
            // The process is gone, and its output with it.
            process.destroy();
        }
    }
}

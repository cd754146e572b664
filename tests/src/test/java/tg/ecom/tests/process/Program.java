package tg.ecom.tests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The launcher, running as a process; what it prints goes to files. */
final class Program implements AutoCloseable {
    private static final Duration READY_MAX = Duration.ofMinutes(2);
    private static final Duration END_MAX = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Process process;
    private final Path output;
    private final Path errors;

    private Program(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    static Program start(Path root, Map<String, String> environment, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("/bin/bash", root.resolve("ecom").toString()));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("ecom-output-", ".txt");
            Path errors = Files.createTempFile("ecom-errors-", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(environment);
            return new Program(builder.start(), output, errors);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits until it says that it is ready. */
    Program awaitReady() {
        long end = System.nanoTime() + READY_MAX.toNanos();
        while (!output().contains("Ctrl-C ends it.")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("not ready: " + output() + errors());
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return this;
    }

    /** SIGTERM, as Ctrl-C and a machine that is turned off send. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** Waits for the end and gives the exit code. */
    int exitCode() {
        try {
            if (!process.waitFor(END_MAX.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end: " + output() + errors());
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    String output() {
        return read(output);
    }

    String errors() {
        return read(errors);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            terminate();
            exitCode();
        }
        try {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

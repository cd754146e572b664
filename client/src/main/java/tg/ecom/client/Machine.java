package tg.ecom.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A one-machine cloud as a process of its own, which is started again when it was killed on purpose. */
public final class Machine implements AutoCloseable {
    private static final String REASON = "ecom: ";
    private static final Duration READY_MAX = Duration.ofMinutes(2);
    private static final Duration DEATH_MAX = Duration.ofSeconds(10);
    private static final Duration END_MAX = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    /** How a shell tells of SIGKILL: 128 and the signal's number. */
    private static final int KILLED = 137;

    private final Settings settings;
    private final Ecom ecom;
    private volatile Process process;
    private volatile Consumer<String> listener = call -> {};
    private boolean isClosed;
    private int deaths;
    private int deathsAllowed;

    private Machine(Settings settings) {
        this.settings = settings;
        this.ecom = new Ecom("http://127.0.0.1:" + settings.port(), new Wire() {
            @Override
            public void sending(String call) {
                listener.accept(call);
            }

            @Override
            public boolean again(IOException why) {
                return revived();
            }
        });
        this.process = launch();
    }

    /**
     * How one is started.
     *
     * @param root the project folder, which has the launcher
     * @param data where it keeps everything
     * @param log what it says, added to what is there
     * @param port of its address on 127.0.0.1
     * @param options more of those of {@code ./ecom up}
     */
    public record Settings(Path root, Path data, Path log, int port, List<String> options) {
        /** Below a directory of its own, on a free port. */
        public static Settings below(Path directory, Path root) {
            return new Settings(
                    root, directory.resolve("data"), directory.resolve("machine.log"), FreePorts.one(), List.of());
        }
    }

    /** Starts one and waits until it is ready. @throws ClientException when it does not start */
    public static Machine start(Settings settings) {
        Machine machine = new Machine(settings);
        // From now on: whoever ends this program meanwhile must leave no machine behind.
        Runtime.getRuntime().addShutdownHook(new Thread(machine::close));
        try {
            machine.awaitReady();
            return machine;
        } catch (ClientException failed) {
            machine.close();
            throw failed;
        }
    }

    /** What it answers by. A request in the midst of which it was allowed to die is sent again. */
    public Ecom ecom() {
        return ecom;
    }

    /** What it said. */
    public Path log() {
        return settings.log();
    }

    /** Has somebody called with each request that is about to be sent, such as {@code GET /api/me}. */
    public void listen(Consumer<String> told) {
        listener = told;
    }

    /** How often it may die from now on. */
    public void allowDeaths(int count) {
        deathsAllowed = count;
    }

    /** How often it died. */
    public int deaths() {
        return deaths;
    }

    /** SIGKILL: nothing of it ends in order. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Starts it again if it has died. @return whether it had, and was allowed to */
    private boolean revived() {
        if (deathsAllowed == 0 || !awaitEnd(DEATH_MAX)) {
            return false;
        }
        do {
            deaths++;
            deathsAllowed--;
            relaunch();
        } while (!comesUp());
        return true;
    }

    /** Waits for it. @return false when it was killed while it started, and is allowed to die once more */
    private boolean comesUp() {
        try {
            awaitReady();
            return true;
        } catch (ClientException failed) {
            if (deathsAllowed > 0 && !process.isAlive() && process.exitValue() == KILLED) {
                return false;
            }
            throw failed;
        }
    }

    /** Whoever has ended this program is not to be left with another machine. */
    private synchronized void relaunch() {
        if (isClosed) {
            throw new ClientException("The machine was closed.");
        }
        process = launch();
    }

    private Process launch() {
        List<String> command = new ArrayList<>(List.of(
                "/bin/bash",
                settings.root().resolve("ecom").toString(),
                "up",
                "--data",
                settings.data().toString(),
                "--port",
                Integer.toString(settings.port())));
        command.addAll(settings.options());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(settings.log().toFile()));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void awaitReady() {
        long end = System.nanoTime() + READY_MAX.toNanos();
        while (!ecom.isReady()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new ClientException(
                        "The machine does not start" + reason() + " What it said is in " + settings.log() + ".");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** The sentence in which the launcher says why, if it did. */
    private String reason() {
        try {
            return Files.readAllLines(settings.log()).reversed().stream()
                    .filter(line -> line.startsWith(REASON))
                    .findFirst()
                    .map(line -> ": " + line.substring(REASON.length()))
                    .orElse(".");
        } catch (IOException unreadable) {
            return ".";
        }
    }

    private boolean awaitEnd(Duration max) {
        try {
            return process.waitFor(max.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
        }
        process.destroy();
        if (!awaitEnd(END_MAX)) {
            process.destroyForcibly();
        }
    }
}

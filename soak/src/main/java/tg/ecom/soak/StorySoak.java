package tg.ecom.soak;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import tg.ecom.client.ClientException;
import tg.ecom.client.Machine;
import tg.ecom.demo.Story;
import tg.ecom.demo.StoryException;

/**
 * The demo's story, again and again, while the machine is killed by SIGKILL at points of it that a seed chooses: a
 * while after a request was sent, so that it strikes in the midst of it, or in what goes on behind its answer. The app
 * sends again what had no answer, and then every step of the story has to do what it says all the same.
 */
public final class StorySoak implements AutoCloseable {
    /** Requests from one death to the next, on average half of it: a story has some hundred. */
    private static final int REQUESTS_BETWEEN_MAX = 50;

    /** After a request was sent; most are answered within a tenth of it. */
    private static final long DELAY_MAX_NANOS = Duration.ofMillis(120).toNanos();

    private final Machine machine;
    private final Random random;
    private Optional<Thread> death = Optional.empty();
    private int requestsLeft;
    private int deathsLeft;
    private boolean isLoaded;

    private StorySoak(Machine machine, long seed) {
        this.machine = machine;
        this.random = new Random(seed);
        machine.listen(this::sending);
    }

    /**
     * On a machine of its own, of the project folder {@code root}, with what it keeps below {@code directory}.
     *
     * @throws ClientException when the machine does not start
     */
    public static StorySoak start(Path root, Path directory, long seed) {
        return new StorySoak(Machine.start(Machine.Settings.below(directory, root)), seed);
    }

    /**
     * How a story ended.
     *
     * @param deaths how often the machine died in it
     * @param differences what is not as it should be, a sentence each
     * @param took in real time
     */
    public record Played(int deaths, List<String> differences, Duration took) {}

    /** What the machine said. */
    public Path log() {
        return machine.log();
    }

    /** Plays the story once, with so many deaths or fewer, and looks whether all is as it should be then. */
    public Played play(int deathsMax) {
        if (!isLoaded) {
            // The town is there before anybody dies: a newcomer's first minute is not in question.
            machine.ecom().tools().loadTown();
            isLoaded = true;
        }
        long began = System.nanoTime();
        int before = machine.deaths();
        List<String> differences = new ArrayList<>();
        machine.allowDeaths(deathsMax);
        plan(deathsMax);
        try {
            Story.amidDeaths(machine.ecom()).play();
        } catch (StoryException | ClientException different) {
            differences.add(different.getMessage());
        }
        spare();
        judge(differences);
        return new Played(
                machine.deaths() - before, List.copyOf(differences), Duration.ofNanos(System.nanoTime() - began));
    }

    @Override
    public void close() {
        machine.close();
    }

    private synchronized void plan(int deaths) {
        deathsLeft = deaths;
        requestsLeft = 1 + random.nextInt(REQUESTS_BETWEEN_MAX);
    }

    /** After a death that is underway, of which a request that nobody needs tells. */
    private void spare() {
        awaitDeath();
        machine.ecom().tools().read("clock");
        machine.allowDeaths(0);
    }

    private void awaitDeath() {
        Optional<Thread> underway;
        synchronized (this) {
            deathsLeft = 0;
            underway = death;
        }
        try {
            if (underway.isPresent()) {
                underway.get().join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void sending(String call) {
        requestsLeft--;
        if (deathsLeft > 0
                && requestsLeft <= 0
                && !death.filter(Thread::isAlive).isPresent()) {
            deathsLeft--;
            requestsLeft = 1 + random.nextInt(REQUESTS_BETWEEN_MAX);
            long delay = random.nextLong(DELAY_MAX_NANOS);
            death = Optional.of(Thread.ofVirtual().start(() -> {
                LockSupport.parkNanos(delay);
                machine.kill();
            }));
        }
    }

    private void judge(List<String> differences) {
        List<JsonNode> running = machine.ecom().tools().items("executions?status=RUNNING");
        if (!running.isEmpty()) {
            differences.add("these executions have not ended: " + running);
        }
        JsonNode books = machine.ecom().tools().verification();
        if (!books.path("ok").booleanValue()) {
            differences.add("the ledger's books differ: " + books);
        }
        Map<String, Integer> dead = new Cloud(machine.ecom()).deadLetters();
        if (!dead.isEmpty()) {
            differences.add("there are dead letters: " + dead);
        }
    }
}

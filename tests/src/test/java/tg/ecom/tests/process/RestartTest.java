package tg.ecom.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tg.ecom.client.FreePorts;

/** The real program, ended and killed and started again: no franc and no answer that was given is lost. */
class RestartTest {
    private static final int TRANSFER_COUNT = 1_000;
    private static final int THREAD_COUNT = 8;
    private static final int ANSWERED_BEFORE_KILL = 150;
    private static final long FUNDS = 60_000;
    private static final Duration END_MAX = Duration.ofSeconds(5);
    private static final List<String> SENDERS = phones(60, 8);
    private static final String RECEIVER = "91000000";

    @TempDir
    Path directory;

    private Tree tree;
    private Path data;
    private int port;
    private Client client;

    @BeforeEach
    void prepare() {
        tree = Tree.built(directory.resolve("project"));
        data = directory.resolve("data");
        port = FreePorts.one();
        client = new Client(port);
    }

    @Test
    void endedAndStartedAgain_findsEverythingAsItWas_untilItStartsOver() {
        Client.Tokens afi;
        JsonNode sms;
        JsonNode sessions;
        ProcessHandle server;
        try (Program first = up().awaitReady()) {
            afi = client.signUp(SENDERS.getFirst());
            client.fund(SENDERS.getFirst(), FUNDS);
            sms = client.sms(SENDERS.getFirst());
            sessions = client.sessions(afi);
            server = Servers.postgres(data).orElseThrow();
            RefusalsTest.refused(tree, Map.of(), "is in use", arguments(FreePorts.one(), "--fresh"));
            assertEquals(FUNDS, client.balance(afi), "the one that runs keeps its data");
            requireEnd(first);
        }
        assertTrue(Servers.isGone(server));
        try (Program second = up().awaitReady()) {
            assertEquals(FUNDS, client.balance(afi));
            assertEquals(sms, client.sms(SENDERS.getFirst()));
            assertEquals(
                    sessions.path("items").size(),
                    client.sessions(afi).path("items").size());
            Client.expect(200, client.refresh(afi));
            requireEnd(second);
        }
        try (Program third = up("--fresh").awaitReady()) {
            assertEquals(0, client.sms(SENDERS.getFirst()).path("items").size());
            Client.expect(401, client.refresh(afi));
            requireEnd(third);
        }
    }

    @Test
    void killedAmidTransfers_keepsEveryKeyToOneEffect() {
        List<Client.Tokens> senders;
        List<String> keys = Stream.generate(() -> UUID.randomUUID().toString())
                .limit(TRANSFER_COUNT)
                .toList();
        Client.Tokens receiver;
        ProcessHandle server;
        try (Program first = up().awaitReady()) {
            senders = SENDERS.stream().map(client::signUp).toList();
            receiver = client.signUp(RECEIVER);
            SENDERS.forEach(phone -> client.fund(phone, FUNDS));
            server = Servers.postgres(data).orElseThrow();
            killAmidTransfers(first, senders, keys);
        }
        try (Program second = up().awaitReady()) {
            assertNotEquals(server.pid(), Servers.postgres(data).orElseThrow().pid());
            assertTrue(Servers.isGone(server));
            long applied = client.balance(receiver);
            sendAll(senders, keys, new AtomicLong(), new CountDownLatch(0));
            assertTrue(applied > 0 && applied < expected(keys), "killed in the middle, not at " + applied);
            requireBooks(senders, receiver, keys);
            sendAll(senders, keys, new AtomicLong(), new CountDownLatch(0));
            requireBooks(senders, receiver, keys);
            requireEnd(second);
        }
    }

    private void requireBooks(List<Client.Tokens> senders, Client.Tokens receiver, List<String> keys) {
        long received = client.balance(receiver);
        long left = senders.stream().mapToLong(client::balance).sum();
        assertEquals(expected(keys), received, "each key moves its amount once");
        assertEquals(FUNDS * senders.size(), received + left);
        JsonNode books = client.verify();
        assertTrue(books.path("ok").booleanValue(), books::toString);
        assertEquals(0, books.path("sum").longValue());
    }

    private void killAmidTransfers(Program program, List<Client.Tokens> senders, List<String> keys) {
        AtomicLong answered = new AtomicLong();
        CountDownLatch enough = new CountDownLatch(ANSWERED_BEFORE_KILL);
        Thread killer = Thread.ofVirtual().start(() -> {
            try {
                enough.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            program.kill();
        });
        sendAll(senders, keys, answered, enough);
        program.exitCode();
        assertTrue(!killer.isAlive() || answered.get() < TRANSFER_COUNT);
    }

    /** Sends each transfer; one without an answer is one that a killed program owes. */
    private void sendAll(List<Client.Tokens> senders, List<String> keys, AtomicLong answered, CountDownLatch enough) {
        boolean mayBeKilled = enough.getCount() > 0;
        List<Future<?>> sent = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREAD_COUNT)) {
            for (int i = 0; i < keys.size(); i++) {
                int index = i;
                sent.add(threads.submit(() -> {
                    try {
                        Client.Answer answer = client.transfer(
                                senders.get(index % senders.size()), RECEIVER, amount(index), keys.get(index));
                        if (!mayBeKilled || answer.status() < 500) {
                            Client.expect(201, answer);
                            answered.incrementAndGet();
                            enough.countDown();
                        }
                    } catch (UncheckedIOException unanswered) {
                        if (!mayBeKilled) {
                            throw unanswered;
                        }
                    }
                }));
            }
        }
        // What went wrong in a thread is thrown here.
        sent.forEach(RestartTest::await);
    }

    private static void await(Future<?> task) {
        try {
            task.get();
        } catch (ExecutionException failure) {
            throw new AssertionError(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private static long expected(List<String> keys) {
        return LongStream.range(0, keys.size())
                .map(index -> amount((int) index))
                .sum();
    }

    /** Amounts differ, so that a lost one and a doubled one don't make up for each other. */
    private static long amount(int index) {
        return 1L + index % 100;
    }

    private static List<String> phones(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(number -> "900000" + number)
                .toList();
    }

    private void requireEnd(Program program) {
        long began = System.nanoTime();
        program.terminate();
        int exitCode = program.exitCode();
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(exitCode == 0 || exitCode == 143, "exit code " + exitCode + program.errors());
        assertTrue(took.compareTo(END_MAX) < 0, "it took " + took);
    }

    private Program up(String... options) {
        return tree.start(Map.of(), arguments(port, options));
    }

    private String[] arguments(int listening, String... options) {
        Stream<String> fixed = Stream.of("up", "--data", data.toString(), "--port", Integer.toString(listening));
        return Stream.concat(fixed, Stream.of(options)).toArray(String[]::new);
    }
}

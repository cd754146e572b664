package tg.ecom.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import tg.ecom.client.FreePorts;

/** Step Functions over a database of its own in a real PostgreSQL, with functions of the test and a clock it moves. */
public final class Scene implements AutoCloseable {
    /** So long that only a test that fails ever comes there. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(90);

    private static final Duration POLL = Duration.ofMillis(2);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final SettableClock clock = new SettableClock();
    private final Map<String, Function> functions = new ConcurrentHashMap<>();
    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    private final Jdbi database = newDatabase();
    private final AtomicInteger machines = new AtomicInteger();
    private StepFunctions states = open();

    /** What a test's function does; it may throw {@link Failure}. */
    @FunctionalInterface
    public interface Function {
        JsonNode call(JsonNode event) throws LambdaFault;
    }

    /** An invocation that was made. */
    public record Call(String function, JsonNode event) {}

    /** A function's own error. */
    public static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String type;

        public Failure(String type, String message) {
            super(message);
            this.type = type;
        }
    }

    public SettableClock clock() {
        return clock;
    }

    public Jdbi database() {
        return database;
    }

    /** Adds a function, or replaces it. */
    public Scene function(String name, Function function) {
        functions.put(name, function);
        return this;
    }

    /** Every invocation so far. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Performs an action. */
    public JsonNode call(String action, JsonNode input) {
        return states.call(action, input);
    }

    /** As {@link #call(String, JsonNode)}, with names and values in turn. */
    public JsonNode call(String action, Object... members) {
        return call(action, object(members));
    }

    /** Makes a machine of some states, the first of which is the first to be entered. @return its ARN */
    public String machine(String states) {
        return machineWith("", states);
    }

    /** With fields of its own before the states. */
    public String machineWith(String fields, String states) {
        JsonNode all = json("{" + states.replace('\'', '"') + "}");
        String definition = "{" + fields.replace('\'', '"') + "\"QueryLanguage\":\"JSONata\",\"StartAt\":\""
                + all.fieldNames().next() + "\",\"States\":" + all + "}";
        return create("machine-" + machines.incrementAndGet(), definition);
    }

    public String create(String name, String definition) {
        return call("CreateStateMachine", "name", name, "definition", definition, "roleArn", "arn:aws:iam::0:role/any")
                .path("stateMachineArn")
                .asText();
    }

    /** Starts an execution. @return its ARN */
    public String start(String machine, String input) {
        return call("StartExecution", "stateMachineArn", machine, "input", input.replace('\'', '"'))
                .path("executionArn")
                .asText();
    }

    /** Runs some states to their end. @return what DescribeExecution says then */
    public JsonNode run(String states, String input) {
        return ended(start(machine(states), input));
    }

    /** What they came to. */
    public JsonNode output(String states, String input) {
        JsonNode ended = run(states, input);
        if (!ended.path("status").asText().equals("SUCCEEDED")) {
            throw new AssertionError(ended.toString());
        }
        return json(ended.path("output").asText());
    }

    public JsonNode describe(String execution) {
        return call("DescribeExecution", "executionArn", execution);
    }

    /** Waits until an execution has ended. */
    public JsonNode ended(String execution) {
        await(
                "the execution ends",
                () -> !describe(execution).path("status").asText().equals("RUNNING"));
        return describe(execution);
    }

    /** The history, oldest first. */
    public List<JsonNode> history(String execution) {
        List<JsonNode> events = new ArrayList<>();
        call("GetExecutionHistory", "executionArn", execution, "maxResults", 1000)
                .path("events")
                .forEach(events::add);
        return events;
    }

    /** The types of the history. */
    public List<String> types(String execution) {
        return history(execution).stream()
                .map(event -> event.path("type").asText())
                .toList();
    }

    /** Waits until the history has so many events of a type. */
    public void awaitEvents(String execution, String type, int count) {
        await(count + " of " + type, () -> Collections.frequency(types(execution), type) >= count);
    }

    /** Waits for an invocation, counted from 0. */
    public Call awaitCall(int index) {
        await("a function is called", () -> calls.size() > index);
        return calls.get(index);
    }

    /** Moves the clock. */
    public void advance(Duration by) {
        clock.advance(by);
        states.clockMoved();
    }

    /** Ends it and starts it again, as after a crash: what threads were at is lost. */
    public void restart() {
        states.close();
        states = open();
    }

    /** Waits until something holds, which {@code what} says in words. */
    public static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + WAIT_MAX.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it never came to this: " + what);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    public static ObjectNode object(Object... members) {
        ObjectNode object = JSON.createObjectNode();
        for (int index = 0; index < members.length; index += 2) {
            object.set((String) members[index], JSON.valueToTree(members[index + 1]));
        }
        return object;
    }

    /** JSON, in which ' may stand for ". */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text.startsWith("{") || text.startsWith("[") ? text.replace('\'', '"') : text);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(text, notJson);
        }
    }

    @Override
    public void close() {
        states.close();
    }

    private StepFunctions open() {
        return StepFunctions.start(database, clock, new Account("000000000000", "us-east-1"), this::invoke);
    }

    private LambdaFunctions.Answer invoke(String name, byte[] payload) throws LambdaFault {
        JsonNode event = json(new String(payload, StandardCharsets.UTF_8));
        Function function = functions.get(name);
        if (function == null) {
            throw new LambdaFault("Lambda.ResourceNotFoundException", "Function not found: " + name);
        }
        calls.add(new Call(name, event));
        try {
            return answer(function.call(event), Optional.empty());
        } catch (Failure failure) {
            return answer(
                    object("errorType", failure.type, "errorMessage", failure.getMessage()), Optional.of("Unhandled"));
        }
    }

    private static LambdaFunctions.Answer answer(JsonNode payload, Optional<String> error) {
        return new LambdaFunctions.Answer(payload.toString().getBytes(StandardCharsets.UTF_8), error, "$LATEST");
    }

    private static Jdbi newDatabase() {
        String name = "states_" + DATABASES.incrementAndGet();
        Jdbi.create(Server.RUNNING.getPostgresDatabase())
                .useHandle(handle -> handle.execute("create database " + name));
        return Jdbi.create(Server.RUNNING.getDatabase("postgres", name));
    }

    private static final class Server {
        static final EmbeddedPostgres RUNNING = started();

        private static EmbeddedPostgres started() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setPort(FreePorts.one())
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("max_connections", "200")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    try {
                        server.close();
                    } catch (IOException stays) {
                        throw new UncheckedIOException(stays);
                    }
                }));
                return server;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}

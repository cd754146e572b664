package tg.ecom.tests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import tg.ecom.client.FreePorts;
import tg.ecom.local.LocalCloud;
import tg.ecom.local.UpOptions;
import tg.ecom.platform.Json;

/**
 * What the tests talk to: a one-machine cloud started once for all of them, with a directory of its own, or, with
 * {@code -Decom.base-url=URL}, one that runs already. Its clock is everybody's and only goes forward, so each test
 * makes its own people and says how far it moves.
 */
final class Cloud {
    private final Http http = new Http();
    private final URI address;
    private final Optional<FunctionLog> log;

    private Cloud(URI address, Optional<FunctionLog> log) {
        this.address = address;
        this.log = log;
    }

    /** The one of this JVM, started by the first who asks. */
    static Cloud get() {
        return Holder.CLOUD;
    }

    /** Without a slash at its end. */
    URI address() {
        return address;
    }

    /** What functions wrote; empty for a cloud that was not started here. */
    Optional<FunctionLog> log() {
        return log;
    }

    /** Moves the time that functions see. @return the time then */
    Instant advance(Duration by) {
        JsonNode answer = tool("POST", "clock", Map.of("advance_s", by.toSeconds()));
        return Instant.parse(answer.path("now").textValue());
    }

    /** The time that functions see. */
    Instant now() {
        return advance(Duration.ZERO);
    }

    /** Moves the time to that moment. */
    void advanceTo(Instant moment) {
        // One more, as what is less than a second is cut off.
        advance(Duration.between(now(), moment).plusSeconds(1));
    }

    /** Puts money from an operator's float into somebody's wallet. */
    void fund(String phone, long amount) {
        tool("POST", "ledger/fund", Map.of("phone", phone, "amount", amount));
    }

    /** Has the simulated YAS treat a payer so. */
    void yas(String phone, String scenario) {
        tool("PUT", "operators/yas", Map.of("scenario", scenario, "phone", phone));
    }

    /** Opens a store that is always open. @return its id */
    String openStore(String phone, String name) {
        Map<String, Object> hours = new TreeMap<>();
        for (String day : List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")) {
            hours.put(day, List.of(Map.of("from", "00:00", "to", "24:00")));
        }
        return tool(
                        "POST",
                        "stores",
                        Map.of(
                                "phone",
                                phone,
                                "name",
                                name,
                                "category",
                                "alimentation",
                                "address",
                                "Rue du Commerce, Lomé",
                                "location",
                                Map.of("latitude", 6.1256, "longitude", 1.2254),
                                "delivery_fee",
                                500,
                                "min_order_amount",
                                1_000,
                                "business_hours",
                                hours))
                .path("store_id")
                .textValue();
    }

    /** What the simulated YAS has in its own books of a payer. */
    JsonNode yasStatement(String phone) {
        return tool("GET", "operators/yas/statement?phone=" + phone, Map.of()).path("items");
    }

    /** How far the execution of that name is; empty when there is none. */
    String executionStatus(String name) {
        Http.Response response = tool("GET", "executions/" + name, "");
        return response.status() == 200 ? response.json().path("status").asText() : "";
    }

    /** What the ledger's verifier finds. */
    JsonNode verify() {
        return tool("POST", "ledger/verify", Map.of());
    }

    /** The text messages to a phone, newest first. */
    JsonNode texts(String phone) {
        return tool("GET", "sms?phone=" + phone, Map.of()).path("items");
    }

    /** What a tool below {@code /_local} answers, whatever it is asked. */
    Http.Response tool(String method, String name, String body) {
        return http.send(
                URI.create(address + "/_local/" + name),
                method,
                Map.of("content-type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode tool(String method, String name, Map<String, Object> body) {
        String json = Json.mapper().valueToTree(body).toString();
        Http.Response response = tool(method, name, method.equals("GET") ? "" : json);
        if (response.status() != 200) {
            throw new AssertionError(name + " answered " + response.status() + " " + response.text());
        }
        return response.json();
    }

    private static Cloud start() {
        String given = System.getProperty("ecom.base-url", "");
        return given.isEmpty() ? startHere() : new Cloud(URI.create(given), Optional.empty());
    }

    private static Cloud startHere() {
        try {
            Path data = Files.createTempDirectory("ecom-tests");
            AtomicReference<LocalCloud> started = new AtomicReference<>();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                Optional.ofNullable(started.get()).ifPresent(LocalCloud::close);
                delete(data);
            }));
            Path log = data.resolve("functions.log");
            PrintStream file = new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8);
            System.setOut(file);
            System.setErr(file);
            UpOptions options = new UpOptions(FreePorts.one(), data, false, Set.of());
            LocalCloud running = LocalCloud.start(options, (part, took) -> file.println(part + " started in " + took));
            started.set(running);
            return new Cloud(URI.create(running.address()), Optional.of(new FunctionLog(log)));
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private static final class Holder {
        private static final Cloud CLOUD = start();
    }
}

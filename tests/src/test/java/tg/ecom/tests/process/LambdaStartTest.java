package tg.ecom.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tg.ecom.client.FreePorts;
import tg.ecom.local.LocalCloud;
import tg.ecom.local.Project;
import tg.ecom.local.UpOptions;
import tg.ecom.local.lambda.CodeCache;
import tg.ecom.local.lambda.Invoker;
import tg.ecom.local.lambda.IsolatedFunction;
import tg.ecom.local.template.EventSource;
import tg.ecom.local.template.FunctionDefinition;
import tg.ecom.local.template.Stack;

/** Every function of the templates, started once as Lambda starts it, by the real runtime interface client. */
class LambdaStartTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PROCESS_COUNT = 2;
    private static final Set<Integer> STATUSES = Set.of(404, 200, 400, 401);

    @TempDir
    static Path directory;

    private static final List<String> MIGRATION_STATUSES = new CopyOnWriteArrayList<>();

    private static LocalCloud cloud;
    private static CodeCache cache;
    private static HttpServer cloudFormation;

    @BeforeAll
    static void start() throws IOException {
        cloudFormation = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        cloudFormation.createContext("/answer", LambdaStartTest::takeAnswer);
        cloudFormation.start();
        UpOptions options = new UpOptions(FreePorts.one(), directory.resolve("data"), false, Set.of());
        cache = new CodeCache(directory.resolve("code"));
        cloud = LocalCloud.start(options, (part, took) -> {});
    }

    @AfterAll
    static void end() {
        cloud.close();
        cloudFormation.stop(0);
    }

    @Test
    void everyFunction_answersAsOnLambda() throws Exception {
        List<FunctionDefinition> functions = cloud.stack().all(Stack::functions).stream()
                .sorted(Comparator.comparing(FunctionDefinition::name))
                .toList();
        assertFalse(functions.isEmpty());
        try (ExecutorService processes = Executors.newFixedThreadPool(PROCESS_COUNT)) {
            Map<String, Future<Duration>> answered = new HashMap<>();
            for (FunctionDefinition function : functions) {
                Callable<Duration> check = () -> check(function);
                answered.put(function.name(), processes.submit(check));
            }
            for (FunctionDefinition function : functions) {
                Duration took = answered.get(function.name()).get();
                System.out.printf("%-45s %5.1f s%n", function.name(), took.toMillis() / 1000.0);
            }
        }
        assertEquals(List.of("SUCCESS"), MIGRATION_STATUSES);
        requireNothingOfLocal(directory.resolve("code"));
    }

    private static Duration check(FunctionDefinition function) throws IOException {
        long began = System.nanoTime();
        try (IsolatedFunction process = new IsolatedFunction(function, cache, () -> cloud.environmentOf(function))) {
            Invoker.Result result = process.invoke(event(function));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            String answer = new String(result.payload(), StandardCharsets.UTF_8);
            // The one of its sample is not there; whatever else goes wrong is a fault.
            boolean isRefusal = route(function).isEmpty()
                    && JSON.readTree(answer)
                            .path("errorMessage")
                            .asText()
                            .matches("there is no (payment|order|account) .*");
            assertTrue(result.functionError().isEmpty() || isRefusal, function.name() + " failed: " + answer);
            assertFalse(answer.contains("itemIdentifier"), function.name() + " can't handle its sample: " + answer);
            if (route(function).isPresent()) {
                requireProper(function.name(), JSON.readTree(answer));
            }
            return took;
        }
    }

    private static void requireProper(String name, JsonNode answer) throws IOException {
        int status = answer.path("statusCode").intValue();
        assertTrue(STATUSES.contains(status), name + " answered " + answer);
        if (status != 200) {
            assertEquals(
                    "application/problem+json",
                    answer.path("headers").path("content-type").textValue(),
                    name + " answered " + answer);
            assertEquals(
                    status,
                    JSON.readTree(answer.path("body").textValue())
                            .path("status")
                            .intValue());
        }
    }

    /** What the processes saw are zips and layers; in none is a class of the one-machine cloud. */
    private static void requireNothingOfLocal(Path code) throws IOException {
        try (Stream<Path> files = Files.walk(code)) {
            List<String> foreign = files.map(file -> code.relativize(file).toString())
                    .filter(file -> file.contains("tg/ecom/local") || file.matches(".*[/-]local-[0-9.]+\\.jar"))
                    .toList();
            assertEquals(List.of(), foreign);
        }
    }

    private static Optional<EventSource.HttpRoute> route(FunctionDefinition function) {
        return function.events().stream()
                .filter(EventSource.HttpRoute.class::isInstance)
                .map(EventSource.HttpRoute.class::cast)
                .findFirst();
    }

    private static byte[] event(FunctionDefinition function) {
        try {
            if (route(function).isPresent()) {
                return httpEvent(function, route(function).get());
            }
            if (function.events().stream().anyMatch(EventSource.Schedule.class::isInstance)) {
                return sample("schedule.json");
            }
            if (function.events().stream().anyMatch(EventSource.QueueSource.class::isInstance)) {
                return queueEvent(function);
            }
            String name = function.name().replaceFirst("ecom-[a-z]+-[a-z]+-", "");
            if (isInvokedBySagas(function)) {
                return sample("saga-step-" + name + ".json");
            }
            if (Files.exists(Project.root().resolve("events/" + name + ".json"))) {
                return sample(name + ".json");
            }
            boolean rotates = cloud.stack().all(Stack::rotations).stream()
                    .anyMatch(rotation -> rotation.functionArn().startsWith(function.arn()));
            return rotates ? rotationEvent(function) : migrationEvent();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A message of its own, or an event that its queue subscribes to. */
    private static byte[] queueEvent(FunctionDefinition function) throws IOException {
        String policies = function.events().stream()
                .filter(EventSource.QueueSource.class::isInstance)
                .map(EventSource.QueueSource.class::cast)
                .flatMap(source -> cloud.stack().all(Stack::subscriptions).stream()
                        .filter(subscription -> subscription.endpoint().equals(source.queueArn())))
                .flatMap(subscription -> subscription.filterPolicy().stream())
                .collect(Collectors.joining());
        if (policies.isEmpty()) {
            return sample("sqs.json");
        }
        try (DirectoryStream<Path> samples =
                Files.newDirectoryStream(Project.root().resolve("events"), "sqs-*.json")) {
            for (Path sample : samples) {
                String type = JSON.readTree(sample.toFile())
                        .at("/Records/0/messageAttributes/type/stringValue")
                        .textValue();
                if (policies.contains('"' + type + '"')) {
                    return Files.readAllBytes(sample);
                }
            }
        }
        throw new AssertionError("events/ has no sqs-….json with an event that " + function.name() + " consumes");
    }

    private static boolean isInvokedBySagas(FunctionDefinition function) {
        return cloud.stack().all(Stack::stateMachines).stream()
                .anyMatch(machine -> machine.definition().contains(function.arn()));
    }

    private static byte[] httpEvent(FunctionDefinition function, EventSource.HttpRoute route) throws IOException {
        ObjectNode event = (ObjectNode) JSON.readTree(sample("http-api.json"));
        String path = route.path().replaceAll("\\{[^}]*}", "0198f2a4-6c1e-7b3a-9d55-3c1f0e8a7b21");
        event.put("routeKey", route.key()).put("rawPath", path).put("body", "{}");
        ObjectNode headers = (ObjectNode) event.get("headers");
        headers.remove("authorization");
        headers.put("x-ecom-origin", cloud.environmentOf(function).get("ECOM_ORIGIN_SECRET"));
        ObjectNode http = (ObjectNode) event.get("requestContext").get("http");
        http.put("method", route.method()).put("path", path);
        ((ObjectNode) event.get("requestContext")).put("routeKey", route.key());
        if (!path.equals(route.path())) {
            event.putObject("pathParameters").put("id", "0198f2a4-6c1e-7b3a-9d55-3c1f0e8a7b21");
        }
        if (route.method().equals("GET")) {
            event.remove("body");
        }
        return JSON.writeValueAsBytes(event);
    }

    /** The first step for a version that no rotation goes on with. */
    private static byte[] rotationEvent(FunctionDefinition function) throws IOException {
        ObjectNode event = (ObjectNode) JSON.readTree(sample("secret-rotation.json"));
        event.put("SecretId", cloud.environmentOf(function).get("ECOM_SIGNING_KEYS_SECRET"));
        return JSON.writeValueAsBytes(event);
    }

    private static byte[] migrationEvent() throws IOException {
        ObjectNode event = (ObjectNode) JSON.readTree(sample("custom-resource.json"));
        String answers = "http://127.0.0.1:" + cloudFormation.getAddress().getPort() + "/answer";
        return JSON.writeValueAsBytes(event.put("ResponseURL", answers));
    }

    /** Takes the answer that a custom resource's function puts to the address in its event. */
    private static void takeAnswer(HttpExchange exchange) throws IOException {
        try (exchange) {
            MIGRATION_STATUSES.add(
                    JSON.readTree(exchange.getRequestBody()).path("Status").textValue());
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static byte[] sample(String name) throws IOException {
        return Files.readAllBytes(Project.root().resolve("events").resolve(name));
    }
}

package tg.ecom.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.testing.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tg.ecom.local.lambda.handlers.Counter;
import tg.ecom.local.lambda.handlers.Echo;
import tg.ecom.local.lambda.handlers.Endless;
import tg.ecom.local.lambda.handlers.Failing;
import tg.ecom.local.lambda.handlers.Flaky;
import tg.ecom.local.lambda.handlers.Meeting;
import tg.ecom.local.lambda.handlers.Mortal;
import tg.ecom.local.lambda.handlers.Surroundings;
import tg.ecom.local.lambda.handlers.Unmakeable;
import tg.ecom.local.template.FunctionDefinition;

class LambdaServiceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Quotas QUOTAS =
            new Quotas(2, 10, Duration.ofMinutes(5), List.of(Duration.ofMillis(1), Duration.ofMillis(1)), 10);

    @TempDir
    private Path directory;

    private TestFunctions functions;
    private FunctionCode code;
    private LambdaService lambda;

    @BeforeEach
    void prepare() {
        functions = new TestFunctions(directory);
        code = new FunctionCode(new CodeCache(directory.resolve("cache")));
    }

    @AfterEach
    void end() throws Exception {
        lambda.close();
        code.close();
    }

    @Test
    void functionAnswersWhatItsHandlerWrites() {
        start(functions.function("echo", Echo.class));
        Invoker.Result result = lambda.invoke("echo", utf8("{\"a\":1}"));
        assertEquals("{\"a\":1}", text(result));
        assertEquals(Optional.empty(), result.functionError());
    }

    @Test
    void functionIsFoundByNameArnAndAlias_andByNothingElse() {
        FunctionDefinition echo = functions.function("echo", Echo.class);
        start(echo);
        for (String name : List.of("echo:live", "echo:$LATEST", "echo:1", echo.arn(), echo.arn() + ":live")) {
            assertEquals("1", text(lambda.invoke(name, utf8("1"))), name);
        }
        for (String name : List.of("other", "echo:old", "arn:aws:s3:::echo", "")) {
            assertThrows(UnknownFunctionException.class, () -> lambda.invoke(name, utf8("1")), name);
        }
    }

    @Test
    void handlerSeesItsOwnSettingsClockAndContext_andNoLibraryOfLocal() throws Exception {
        start(functions.function("surroundings", Surroundings.class));
        JsonNode seen =
                JSON.readTree(lambda.invoke("surroundings:live", utf8("{}")).payload());
        assertEquals("test-secret of stage.name", seen.path("setting").asText());
        assertEquals("surroundings", seen.path("name").asText());
        assertEquals(NOON.toString(), seen.path("time").asText());
        assertEquals(
                "arn:aws:lambda:us-east-1:000000000000:function:surroundings:live",
                seen.path("arn").asText());
        assertEquals(256, seen.path("memory").asInt());
        assertTrue(seen.path("has_time").asBoolean());
        assertEquals("false", seen.path("sees_local").asText());
    }

    @Test
    void instanceIsReusedWhenItIsFree() {
        start(functions.function("counter", Counter.class));
        assertEquals("[1,1]", text(lambda.invoke("counter", utf8("1"))));
        assertEquals("[2,2]", text(lambda.invoke("counter", utf8("1"))));
    }

    @Test
    void functionsOfTwoZipsShareNoStaticState() {
        start(functions.function("one", Counter.class), functions.function("two", Counter.class));
        lambda.invoke("one", utf8("1"));
        assertEquals("[2,2]", text(lambda.invoke("one", utf8("1"))));
        assertEquals("[1,1]", text(lambda.invoke("two", utf8("1"))));
    }

    @Test
    void twoRequestsAtOnceHaveTwoInstances() {
        start(functions.function("meeting", Meeting.class));
        CompletableFuture<Invoker.Result> other =
                CompletableFuture.supplyAsync(() -> lambda.invoke("meeting", utf8("1")));
        String own = text(lambda.invoke("meeting", utf8("1")));
        assertNotEquals(own, text(other.join()));
    }

    @Test
    void requestBeyondTheConcurrencyIsTurnedAwayWhenNoInstanceComesFree() {
        FunctionDefinition meeting = functions.function("endless", Endless.class, Duration.ofMillis(200), List.of());
        Quotas one = new Quotas(1, 10, Duration.ofMinutes(5), List.of(), 1);
        InstancePool pool = new InstancePool(
                meeting, code, Map::of, InstantSource.system(), one, new InstanceBudget(1), new Failpoints());
        start(meeting);
        FunctionDefinition patient = functions.function("endless", Endless.class);
        CompletableFuture<Invoker.Result> underway =
                CompletableFuture.supplyAsync(() -> pool.invoke(Invocation.of(patient, utf8("{}"))));
        eventually("an instance is busy", () -> pool.busy() > 0);
        assertThrows(TooManyRequestsException.class, () -> pool.invoke(Invocation.of(meeting, utf8("1"))));
        pool.close();
        assertTrue(underway.join().functionError().isPresent());
    }

    @Test
    void idleInstanceIsDropped() {
        FunctionDefinition counter = functions.function("counter", Counter.class);
        Quotas quotas = new Quotas(1, 10, Duration.ZERO, List.of(), 1);
        InstancePool pool = new InstancePool(
                counter, code, Map::of, InstantSource.system(), quotas, new InstanceBudget(1), new Failpoints());
        start(counter);
        assertEquals("[1,1]", text(pool.invoke(Invocation.of(counter, utf8("1")))));
        pool.dropIdle();
        assertEquals("[2,1]", text(pool.invoke(Invocation.of(counter, utf8("1")))));
        pool.close();
    }

    @Test
    void functionWithoutAPlaceTakesThatOfOneAtRest() {
        FunctionDefinition one = functions.function("one", Counter.class);
        FunctionDefinition two = functions.function("two", Counter.class);
        InstanceBudget budget = new InstanceBudget(1);
        InstancePool first =
                new InstancePool(one, code, Map::of, InstantSource.system(), QUOTAS, budget, new Failpoints());
        InstancePool second =
                new InstancePool(two, code, Map::of, InstantSource.system(), QUOTAS, budget, new Failpoints());
        start(one);
        assertEquals("[1,1]", text(first.invoke(Invocation.of(one, utf8("1")))));
        assertEquals("[1,1]", text(second.invoke(Invocation.of(two, utf8("1")))));
        assertEquals("[2,1]", text(first.invoke(Invocation.of(one, utf8("1")))));
        first.close();
        second.close();
    }

    @Test
    void exceptionOfAHandlerIsRenderedAsLambdaDoes_andTheInstanceLives() throws Exception {
        start(functions.function("failing", Failing.class));
        Invoker.Result result = lambda.invoke("failing", utf8("{}"));
        JsonNode error = JSON.readTree(result.payload());
        assertEquals(Optional.of("Unhandled"), result.functionError());
        assertEquals("broken on purpose", error.path("errorMessage").asText());
        assertEquals("java.lang.IllegalStateException", error.path("errorType").asText());
        assertTrue(error.path("stackTrace").get(0).asText().contains("Failing.handleRequest(Failing.java:"));
    }

    @Test
    void handlerThatCannotBeMadeFailsTheInvocationWithItsReason() throws Exception {
        start(functions.function("unmakeable", Unmakeable.class));
        Invoker.Result result = lambda.invoke("unmakeable", utf8("{}"));
        assertEquals(Optional.of("Unhandled"), result.functionError());
        assertEquals(
                "ECOM_STAGE is missing",
                JSON.readTree(result.payload()).path("errorMessage").asText());
    }

    @Test
    void invocationBeyondItsTimeoutEndsInLambdasWords_andItsInstanceIsNotUsedAgain() throws Exception {
        start(functions.function("endless", Endless.class, Duration.ofMillis(500), List.of()));
        JsonNode error = JSON.readTree(lambda.invoke("endless", utf8("{}")).payload());
        assertEquals("Sandbox.Timedout", error.path("errorType").asText());
        String message = error.path("errorMessage").asText();
        assertTrue(message.matches("RequestId: [0-9a-f-]{36} Error: Task timed out after 0.50 seconds"), message);
        assertEquals("2", text(lambda.invoke("endless", utf8("1"))));
    }

    @Test
    void functionKilledAtAFailpointExits_dropsWhatItHeld_andANewOneServes() throws Exception {
        start(functions.function("mortal", Mortal.class));
        assertEquals("1", text(lambda.invoke("mortal", utf8("{}"))));
        Failpoints.Place place = new Failpoints.Place("mortal", "commit.after");
        lambda.failpoints().kill(List.of(new Failpoints.Kill(place, 2, Failpoints.Victim.INSTANCE)));
        assertEquals("2", text(lambda.invoke("mortal", utf8("{}"))));
        Invoker.Result killed = lambda.invoke("mortal", utf8("{}"));
        assertEquals(Optional.of("Unhandled"), killed.functionError());
        JsonNode error = JSON.readTree(killed.payload());
        assertEquals("Runtime.ExitError", error.path("errorType").asText());
        String message = error.path("errorMessage").asText();
        assertTrue(
                message.matches("RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 137"), message);
        assertEquals("closed", System.getProperty("mortal.connection"));
        assertEquals("1", text(lambda.invoke("mortal", utf8("{}"))));
        assertEquals(new Failpoints.Count(3, 1), lambda.failpoints().counts().get(place));
        lambda.failpoints().spare();
        assertTrue(lambda.failpoints().counts().isEmpty());
    }

    @Test
    void sameSeedKillsAtTheSamePlaces() {
        start();
        assertEquals(kills(7), kills(7));
        assertNotEquals(kills(7), kills(8));
        assertTrue(kills(7).size() > 10 && kills(7).size() < 120, kills(7).toString());
    }

    private static List<Integer> kills(long seed) {
        Failpoints failpoints = new Failpoints();
        failpoints.kill(seed, 0.05);
        return IntStream.range(0, 1_000)
                .filter(nth -> failpoints
                        .reached(new Failpoints.Place("function", "commit.before"))
                        .isPresent())
                .boxed()
                .toList();
    }

    @Test
    void eventThatFailsIsTriedTwiceMore() {
        start(functions.function("flaky", Flaky.class));
        lambda.invokeEvent("flaky", utf8("{}"));
        eventually(
                "it is tried three times",
                () -> text(lambda.invoke("flaky", utf8("\"tries\""))).equals("3"));
    }

    @Test
    void payloadsBeyondLambdasLimitsAreRefused() throws Exception {
        start(functions.function("echo", Echo.class));
        byte[] synchronous = new byte[6 * 1024 * 1024 + 1];
        assertThrows(RequestTooLargeException.class, () -> lambda.invoke("echo", synchronous));
        byte[] event = new byte[1024 * 1024 + 1];
        assertThrows(RequestTooLargeException.class, () -> lambda.invokeEvent("echo", event));
        assertEquals(event.length, lambda.invoke("echo", event).payload().length);
    }

    @Test
    void observerIsToldOfEachInvocation_alsoOfOneThatFailsAndOneThatNobodyWaitsFor() throws Exception {
        start(functions.function("echo", Echo.class), functions.function("failing", Failing.class));
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        lambda.observe((function, took) -> told.add(function.name() + (took.isPositive() ? "" : " in no time")));
        lambda.invoke("echo", utf8("1"));
        assertEquals("echo", told.poll());
        lambda.invoke("failing", utf8("1"));
        assertEquals("failing", told.poll());
        lambda.invokeEvent("echo", utf8("1"));
        assertEquals("echo", told.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void whoHasTheLastWordOnAnEnvironment_isAskedForEachFunction() {
        FunctionDefinition echo = functions.function("echo", Echo.class);
        start(echo);
        FunctionEnvironment led = new FunctionEnvironment(
                Map.of("A", "1"), secret -> "", (function, settings) -> Map.of(function.name(), settings.get("A")));
        assertEquals(Map.of("echo", "1"), led.of(echo));
    }

    @Test
    void functionThatIsNotThereCannotBeIsolated() {
        start(functions.function("echo", Echo.class));
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> new LambdaService(
                        List.of(), code, environment(), InstantSource.system(), QUOTAS, Set.of("Echo")));
        assertEquals("There is no function Echo to isolate; there are [].", refusal.getMessage());
    }

    private void start(FunctionDefinition... definitions) {
        lambda = new LambdaService(
                List.of(definitions), code, environment(), InstantSource.fixed(NOON), QUOTAS, Set.of());
    }

    private static FunctionEnvironment environment() {
        return new FunctionEnvironment(Map.of(), secret -> "secret of " + secret.secret() + "." + secret.key());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Invoker.Result result) {
        return new String(result.payload(), StandardCharsets.UTF_8);
    }
}

package tg.ecom.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tg.ecom.local.lambda.handlers.Endless;
import tg.ecom.local.lambda.handlers.Failing;
import tg.ecom.local.lambda.handlers.Surroundings;
import tg.ecom.local.lambda.handlers.Unmakeable;
import tg.ecom.local.template.FunctionDefinition;

/** AWS publishes the runtime interface client's library for Linux only. */
@EnabledOnOs(OS.LINUX)
class IsolatedFunctionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] EVENT = "{}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    @Test
    void functionRunsInAProcessOfItsOwnWithItsEnvironmentAsSettings() throws Exception {
        try (IsolatedFunction function = isolated(Surroundings.class, Duration.ofSeconds(20))) {
            Invoker.Result result = function.invoke(EVENT);
            assertEquals(Optional.empty(), result.functionError(), text(result));
            JsonNode seen = JSON.readTree(result.payload());
            assertEquals("test-local", seen.path("setting").asText());
            assertEquals("isolated", seen.path("name").asText());
            assertEquals(
                    "arn:aws:lambda:us-east-1:000000000000:function:isolated:live",
                    seen.path("arn").asText());
            assertEquals("false", seen.path("sees_local").asText());
            assertTrue(seen.path("has_time").asBoolean());
            assertNotEquals(ProcessHandle.current().pid(), seen.path("process").asLong());
            JsonNode again = JSON.readTree(function.invoke(EVENT).payload());
            assertEquals(seen.path("process"), again.path("process"));
        }
    }

    @Test
    void exceptionOfAHandlerArrivesAsTheRuntimeClientReportsIt() throws Exception {
        try (IsolatedFunction function = isolated(Failing.class, Duration.ofSeconds(20))) {
            Invoker.Result result = function.invoke(EVENT);
            assertEquals(Optional.of("Unhandled"), result.functionError());
            JsonNode error = JSON.readTree(result.payload());
            assertEquals("broken on purpose", error.path("errorMessage").asText());
            assertEquals(
                    "java.lang.IllegalStateException", error.path("errorType").asText());
        }
    }

    @Test
    void handlerThatCannotBeMadeIsReported() throws Exception {
        try (IsolatedFunction function = isolated(Unmakeable.class, Duration.ofSeconds(20))) {
            Invoker.Result result = function.invoke(EVENT);
            assertEquals(Optional.of("Unhandled"), result.functionError());
            assertEquals(
                    "ECOM_STAGE is missing",
                    JSON.readTree(result.payload()).path("errorMessage").asText());
        }
    }

    @Test
    void processIsEndedAtTheTimeoutAndTheNextInvocationHasANewOne() throws Exception {
        try (IsolatedFunction function = isolated(Endless.class, Duration.ofSeconds(1))) {
            JsonNode error = JSON.readTree(function.invoke(EVENT).payload());
            assertEquals("Sandbox.Timedout", error.path("errorType").asText());
            Invoker.Result next = function.invoke("7".getBytes(StandardCharsets.UTF_8));
            assertEquals("1", text(next));
        }
    }

    private IsolatedFunction isolated(Class<? extends RequestStreamHandler> handler, Duration timeout) {
        FunctionDefinition definition = new TestFunctions(directory).function("isolated", handler, timeout, List.of());
        FunctionEnvironment environment = new FunctionEnvironment(Map.of(), secret -> "local");
        CodeCache cache = new CodeCache(directory.resolve("cache"));
        return new IsolatedFunction(definition, cache, () -> environment.of(definition));
    }

    private static String text(Invoker.Result result) {
        return new String(result.payload(), StandardCharsets.UTF_8);
    }
}

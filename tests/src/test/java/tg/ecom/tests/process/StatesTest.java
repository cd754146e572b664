package tg.ecom.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tg.ecom.client.FreePorts;

/** {@code ./ecom states}: Step Functions by itself, which keeps what it has over its end. */
class StatesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration END_MAX = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private Tree tree;
    private final int port = FreePorts.one();

    @BeforeEach
    void prepare() {
        tree = Tree.built(directory.resolve("project"));
    }

    @Test
    void whatWasMade_isThereAfterCtrlCAndAfterAKill() throws Exception {
        String definition = "{\"QueryLanguage\": \"JSONata\", \"StartAt\": \"W\","
                + " \"States\": {\"W\": {\"Type\": \"Wait\", \"Seconds\": 99999, \"End\": true}}}";
        String machine;
        String execution;
        try (Program program = start()) {
            machine = call(
                            "CreateStateMachine",
                            Map.of("name", "m", "definition", definition, "roleArn", "arn:aws:iam::1:role/r"))
                    .path("stateMachineArn")
                    .asText();
            assertEquals("arn:aws:states:us-east-1:000000000000:stateMachine:m", machine);
            execution = call("StartExecution", Map.of("stateMachineArn", machine, "name", "e"))
                    .path("executionArn")
                    .asText();
            long before = System.nanoTime();
            program.terminate();
            program.exitCode();
            assertTrue(System.nanoTime() - before < END_MAX.toNanos(), "it ends quickly");
        }
        try (Program program = start()) {
            assertEquals("RUNNING", status(execution));
            program.kill();
            program.exitCode();
        }
        try (Program program = start()) {
            assertEquals("RUNNING", status(execution), program::errors);
        }
    }

    private Program start() {
        return tree.start(
                        Map.of(),
                        "states",
                        "--port",
                        Integer.toString(port),
                        "--lambda-endpoint",
                        "http://127.0.0.1:1",
                        "--data",
                        directory.resolve("data").toString())
                .awaitReady();
    }

    private String status(String execution) throws Exception {
        return call("DescribeExecution", Map.of("executionArn", execution))
                .path("status")
                .asText();
    }

    private JsonNode call(String action, Map<String, String> input) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .header("content-type", "application/x-amz-json-1.0")
                .header("x-amz-target", "AWSStepFunctions." + action)
                .header("authorization", "AWS4-HMAC-SHA256 Credential=a/20261123/us-east-1/states/aws4_request")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(input)))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertEquals(
                    200,
                    response.statusCode(),
                    () -> new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
            return JSON.readTree(response.body());
        }
    }
}

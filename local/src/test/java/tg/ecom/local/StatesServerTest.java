package tg.ecom.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.testing.Eventually.eventually;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResultCode;
import software.amazon.awssdk.services.sts.StsClient;
import tg.ecom.local.parts.MovableClock;

/** Step Functions by itself, as the SDK sees it, with functions behind HTTP. */
class StatesServerTest {
    private static final String PASS = """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}
            """;
    private static final String WAIT = """
            {"QueryLanguage": "JSONata", "StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 60, "End": true}}}
            """;

    @TempDir
    private static Path directory;

    private static MovableClock clock;
    private static HttpLambda lambda;
    private static StatesServer server;
    private static SfnClient states;

    @BeforeAll
    static void start() {
        clock = new MovableClock();
        lambda = new HttpLambda();
        begin(lambda.address());
    }

    @AfterAll
    static void end() {
        states.close();
        server.close();
        lambda.close();
    }

    @Test
    void execution_isStartedDescribedAndItsHistoryRead() {
        String machine = create(PASS);
        String arn = startOf(machine, "{\"x\":1}");
        DescribeExecutionResponse described = ended(arn);

        assertEquals(ExecutionStatus.SUCCEEDED, described.status());
        assertEquals("{\"x\":1}", described.output());
        assertEquals(clock.instant(), described.startDate());
        assertEquals(clock.instant(), described.stopDate());
        assertEquals(machine, described.stateMachineArn());
        List<HistoryEvent> events =
                states.getExecutionHistory(request -> request.executionArn(arn)).events();
        assertEquals(
                List.of(
                        HistoryEventType.EXECUTION_STARTED,
                        HistoryEventType.PASS_STATE_ENTERED,
                        HistoryEventType.PASS_STATE_EXITED,
                        HistoryEventType.EXECUTION_SUCCEEDED),
                events.stream().map(HistoryEvent::type).toList());
        assertEquals("A", events.get(1).stateEnteredEventDetails().name());
        assertEquals(clock.instant(), events.get(3).timestamp());
        assertEquals(
                List.of(arn),
                states.listExecutionsPaginator(request -> request.stateMachineArn(machine)).stream()
                        .flatMap(page -> page.executions().stream())
                        .map(execution -> execution.executionArn())
                        .toList());
    }

    @Test
    void functionIsInvoked_byTheNameThatStandsInTheDefinition() {
        String arn = "arn:aws:lambda:us-east-1:000000000000:function:pay:live";
        lambda.define(
                "arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Apay%3Alive",
                new HttpLambda.Answer(200, "{\"paid\":true}", false));
        DescribeExecutionResponse described = ended(startOf(create(invoking(arn)), "{\"x\":1}"));

        assertEquals("{\"paid\":true}", described.output(), described::toString);
        HttpLambda.Call call = lambda.calls().stream()
                .filter(each -> each.path().contains("pay"))
                .findFirst()
                .orElseThrow();
        assertEquals("RequestResponse", call.invocationType());
        assertEquals("{\"x\":1}", call.payload());
    }

    @Test
    void errorOfAFunction_failsWithItsType() {
        lambda.define(
                "refusing", new HttpLambda.Answer(200, "{\"errorType\":\"Refused\",\"errorMessage\":\"no\"}", true));
        assertEquals(
                "Refused", ended(startOf(create(invoking("refusing")), "{}")).error());
    }

    @Test
    void refusalsOfLambda_haveTheirNames() {
        lambda.define("busy", new HttpLambda.Answer(429, "{}", false));
        lambda.define("broken", new HttpLambda.Answer(503, "", false));
        assertEquals(
                "Lambda.TooManyRequestsException",
                ended(startOf(create(invoking("busy")), "{}")).error());
        assertEquals(
                "Lambda.ServiceException",
                ended(startOf(create(invoking("broken")), "{}")).error());
        assertEquals(
                "Lambda.ResourceNotFoundException",
                ended(startOf(create(invoking("nobody")), "{}")).error());
    }

    @Test
    void unreachableLambda_isAClientsError(@TempDir Path other) {
        StatesOptions options = new StatesOptions(0, URI.create("http://127.0.0.1:1"), other);
        try (StatesServer alone = StatesServer.start(options, clock);
                SfnClient client = client(alone)) {
            String machine = create(client, invoking("any"));
            String arn = client.startExecution(request -> request.stateMachineArn(machine))
                    .executionArn();
            assertEquals("Lambda.SdkClientException", ended(client, arn).error());
        }
    }

    @Test
    void everyRefusal_isAnExceptionOfTheSdk() {
        String machine = create(WAIT);
        String name = UUID.randomUUID().toString();
        states.startExecution(
                request -> request.stateMachineArn(machine).name(name).input("1"));
        assertThrows(
                ExecutionAlreadyExistsException.class,
                () -> states.startExecution(
                        request -> request.stateMachineArn(machine).name(name).input("2")));
        assertThrows(
                StateMachineDoesNotExistException.class,
                () -> states.describeStateMachine(request -> request.stateMachineArn(machine + "-none")));
        assertThrows(
                ExecutionDoesNotExistException.class,
                () -> states.describeExecution(
                        request -> request.executionArn(machine.replace(":stateMachine:", ":execution:") + ":none")));
        assertThrows(
                InvalidTokenException.class,
                () -> states.sendTaskSuccess(
                        request -> request.taskToken("none").output("1")));
        InvalidDefinitionException invalid =
                assertThrows(InvalidDefinitionException.class, () -> create("{\"QueryLanguage\": \"JSONata\"}"));
        assertEquals(400, invalid.statusCode());
        assertTrue(invalid.getMessage().contains("StartAt"), invalid::getMessage);
        assertEquals(
                ValidateStateMachineDefinitionResultCode.FAIL,
                states.validateStateMachineDefinition(request -> request.definition("{}"))
                        .result());
    }

    @Test
    void taskToken_comesBackThroughTheApi() {
        lambda.define("ask", new HttpLambda.Answer(200, "null", false));
        String machine = create("""
                {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Task", "End": true,
                  "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "HeartbeatSeconds": 60,
                  "Arguments": {"FunctionName": "ask", "Payload": "{% $states.context.Task.Token %}"}}}}
                """);
        String arn = startOf(machine, "{}");
        eventually(
                "the function is asked",
                () -> lambda.calls().stream().anyMatch(call -> call.path().contains("ask")));
        String payload = lambda.calls().stream()
                .filter(call -> call.path().contains("ask"))
                .findFirst()
                .orElseThrow()
                .payload();
        String token = payload.substring(1, payload.length() - 1);
        states.sendTaskHeartbeat(request -> request.taskToken(token));
        states.sendTaskSuccess(request -> request.taskToken(token).output("5"));
        assertEquals("5", ended(arn).output());
        assertThrows(
                TaskTimedOutException.class,
                () -> states.sendTaskFailure(request -> request.taskToken(token).error("E")));
    }

    @Test
    void stateIsThereAgain_afterTheNextStart() {
        String machine = create(WAIT);
        String arn = startOf(machine, "{\"x\":1}");
        eventually(
                "it waits",
                () -> states.getExecutionHistory(request -> request.executionArn(arn))
                                .events()
                                .size()
                        == 2);
        states.close();
        server.close();
        begin(lambda.address());

        assertEquals(
                ExecutionStatus.RUNNING,
                states.describeExecution(request -> request.executionArn(arn)).status());
        clock.advance(Duration.ofSeconds(60));
        server.clockMoved();
        assertEquals(ExecutionStatus.SUCCEEDED, ended(arn).status());
    }

    @Test
    void nothingButStepFunctionsIsOffered_andWhoOneIs() {
        try (StsClient sts = StsClient.builder()
                .endpointOverride(URI.create(server.address()))
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            assertEquals("000000000000", sts.getCallerIdentity().account());
        }
    }

    private static String invoking(String function) {
        return """
                {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Task", "End": true,
                  "Resource": "arn:aws:states:::lambda:invoke", "Output": "{%% $states.result.Payload %%}",
                  "Arguments": {"FunctionName": "%s", "Payload": "{%% $states.input %%}"}}}}
                """.formatted(function);
    }

    private static void begin(URI lambdaEndpoint) {
        server = StatesServer.start(new StatesOptions(0, lambdaEndpoint, directory), clock);
        states = client(server);
    }

    private static SfnClient client(StatesServer of) {
        return SfnClient.builder()
                .endpointOverride(URI.create(of.address()))
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("anybody", "anything"));
    }

    private static String create(String definition) {
        return create(states, definition);
    }

    private static String create(SfnClient client, String definition) {
        return client.createStateMachine(
                        request -> request.name(UUID.randomUUID().toString())
                                .roleArn("arn:aws:iam::123456789012:role/any")
                                .definition(definition))
                .stateMachineArn();
    }

    private static String startOf(String machine, String input) {
        return states.startExecution(request -> request.stateMachineArn(machine).input(input))
                .executionArn();
    }

    private static DescribeExecutionResponse ended(String arn) {
        return ended(states, arn);
    }

    private static DescribeExecutionResponse ended(SfnClient client, String arn) {
        eventually(
                "it ends",
                () -> client.describeExecution(request -> request.executionArn(arn))
                                .status()
                        != ExecutionStatus.RUNNING);
        return client.describeExecution(request -> request.executionArn(arn));
    }
}

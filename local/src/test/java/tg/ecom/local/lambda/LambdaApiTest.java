package tg.ecom.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import tg.ecom.local.aws.AwsRequest;
import tg.ecom.local.gateway.Gateway;
import tg.ecom.local.gateway.Mounts;
import tg.ecom.local.lambda.handlers.Echo;
import tg.ecom.local.lambda.handlers.Failing;
import tg.ecom.local.template.FunctionDefinition;
import tg.ecom.local.template.Stack;

/** By AWS's own client, through the gateway. */
class LambdaApiTest {
    @TempDir
    private Path directory;

    private FunctionCode code;
    private LambdaService lambda;
    private Gateway gateway;
    private LambdaClient client;

    @BeforeEach
    void start() {
        TestFunctions functions = new TestFunctions(directory);
        List<FunctionDefinition> definitions =
                List.of(functions.function("echo", Echo.class), functions.function("failing", Failing.class));
        code = new FunctionCode(new CodeCache(directory.resolve("cache")));
        FunctionEnvironment environment = new FunctionEnvironment(Map.of(), secret -> "");
        lambda = new LambdaService(definitions, code, environment, InstantSource.system(), Quotas.standard(), Set.of());
        Stack stack = new Stack(
                "ecom",
                "",
                definitions,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of());
        Mounts mounts =
                new Mounts(new LambdaApi(lambda)::handle, Map.of(), request -> Optional.empty(), directory, () -> "");
        gateway = new Gateway(0, stack, lambda, mounts);
        client = LambdaClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(URI.create(gateway.address() + "/_aws"))
                .overrideConfiguration(overrides -> overrides.apiCallTimeout(Duration.ofSeconds(30)))
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        gateway.close();
        lambda.close();
        code.close();
    }

    @Test
    void clientInvokesByNameArnAndQualifier() {
        for (String name : List.of("echo", "arn:aws:lambda:us-east-1:000000000000:function:echo:live")) {
            InvokeResponse response =
                    client.invoke(request -> request.functionName(name).payload(SdkBytes.fromUtf8String("[1]")));
            assertEquals(200, response.statusCode());
            assertEquals("[1]", response.payload().asUtf8String());
            assertEquals("1", response.executedVersion());
        }
        assertEquals(
                200,
                client.invoke(request -> request.functionName("echo").qualifier("live"))
                        .statusCode());
    }

    @Test
    void functionErrorIsAnAnswer() {
        InvokeResponse response = client.invoke(request -> request.functionName("failing"));
        assertEquals(200, response.statusCode());
        assertEquals("Unhandled", response.functionError());
    }

    @Test
    void eventAndDryRunAnswerAtOnce() {
        assertEquals(
                202,
                client.invoke(request -> request.functionName("echo").invocationType(InvocationType.EVENT))
                        .statusCode());
        assertEquals(
                204,
                client.invoke(request -> request.functionName("echo").invocationType(InvocationType.DRY_RUN))
                        .statusCode());
    }

    @Test
    void qualifierThatCannotBeDecoded_isNobodys() {
        byte[] payload = "{}".getBytes(StandardCharsets.UTF_8);
        AwsRequest request =
                new AwsRequest("POST", "/2015-03-31/functions/echo/invocations", "Qualifier=%zz", Map.of(), payload);
        assertEquals(404, new LambdaApi(lambda).handle(request).status());
    }

    @Test
    void errorsAreThoseOfLambda() {
        assertThrows(ResourceNotFoundException.class, () -> client.invoke(request -> request.functionName("none")));
        assertThrows(
                InvalidRequestContentException.class,
                () -> client.invoke(request -> request.functionName("echo").payload(SdkBytes.fromUtf8String("{"))));
        String large = "\"" + "a".repeat(6 * 1024 * 1024) + "\"";
        assertThrows(
                RequestTooLargeException.class,
                () -> client.invoke(request -> request.functionName("echo").payload(SdkBytes.fromUtf8String(large))));
    }

    @Test
    void functionsAreDescribed() {
        assertEquals(2, client.listFunctions().functions().size());
        assertEquals(
                Echo.class.getName(),
                client.getFunction(request -> request.functionName("echo"))
                        .configuration()
                        .handler());
        assertEquals(
                Optional.of(20),
                Optional.of(client.getFunctionConfiguration(request -> request.functionName("echo"))
                        .timeout()));
    }
}

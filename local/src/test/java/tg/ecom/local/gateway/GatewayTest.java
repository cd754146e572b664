package tg.ecom.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tg.ecom.local.aws.AwsResponse;
import tg.ecom.local.lambda.Invoker;
import tg.ecom.local.lambda.RequestTooLargeException;

class GatewayTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private final AtomicReference<JsonNode> event = new AtomicReference<>();
    private String answer = "{\"statusCode\":204}";
    private RuntimeException refusal;
    private Optional<String> functionError = Optional.empty();
    private final CountDownLatch never = new CountDownLatch(1);
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        Path contract = Files.writeString(directory.resolve("openapi.yaml"), """
                openapi: 3.1.0
                servers:
                  - url: https://api.ecom.tg
                    description: the cloud
                paths: {}
                """);
        Mounts mounts = new Mounts(
                request -> new AwsResponse(
                        418,
                        Map.of("x-path", request.path(), "x-query", request.query()),
                        request.header("x-amz-target").orElse("none").getBytes(StandardCharsets.UTF_8)),
                Map.of(
                        "health", request -> new ToolAnswer(200, "application/json", new byte[] {'1'}),
                        "operators",
                                request -> new ToolAnswer(
                                        200,
                                        "text/plain",
                                        (request.method() + request.path() + request.parameter("phone"))
                                                .getBytes(StandardCharsets.UTF_8)),
                        "broken",
                                request -> {
                                    throw new IllegalStateException("on purpose");
                                }),
                contract,
                () -> "secret-of-origin");
        List<String> keys = List.of(
                "GET /api/things", "POST /api/things", "ANY /api/things/{id}", "GET /slow", "GET /api/greedy/{rest+}");
        gateway = new Gateway(
                0, TestStacks.of(keys, Optional.of(TestStacks.CORS), Duration.ofMillis(300)), invoker(), mounts);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void eventIsOfPayloadFormatTwo() throws Exception {
        HttpRequest request = request("/api/things/a%2Fb?x=1&x=2&y=%20z&flag")
                .header("Cookie", "one=1; two=2")
                .header("X-Many", "first")
                .header("X-Many", "second")
                .header("User-Agent", "tests")
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString("{\"é\":1}"))
                .build();
        CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode sent = event.get();
        assertEquals("2.0", sent.path("version").asText());
        assertEquals("ANY /api/things/{id}", sent.path("routeKey").asText());
        assertEquals("/api/things/a%2Fb", sent.path("rawPath").asText());
        assertEquals("x=1&x=2&y=%20z&flag", sent.path("rawQueryString").asText());
        assertEquals("[\"one=1\",\"two=2\"]", sent.path("cookies").toString());
        assertEquals(
                "{\"x\":\"1,2\",\"y\":\" z\",\"flag\":\"\"}",
                sent.path("queryStringParameters").toString());
        assertEquals("{\"id\":\"a/b\"}", sent.path("pathParameters").toString());
        assertEquals("first,second", sent.path("headers").path("x-many").asText());
        assertFalse(sent.path("headers").has("cookie"));
        assertEquals("{\"é\":1}", sent.path("body").asText());
        assertFalse(sent.path("isBase64Encoded").asBoolean());
        JsonNode context = sent.path("requestContext");
        assertEquals("000000000000", context.path("accountId").asText());
        assertEquals("abcdefghij", context.path("apiId").asText());
        assertEquals("$default", context.path("stage").asText());
        assertEquals(
                "abcdefghij.execute-api.us-east-1.amazonaws.com",
                context.path("domainName").asText());
        assertEquals("POST", context.path("http").path("method").asText());
        assertEquals("/api/things/a%2Fb", context.path("http").path("path").asText());
        assertEquals("HTTP/1.1", context.path("http").path("protocol").asText());
        assertEquals("tests", context.path("http").path("userAgent").asText());
        assertTrue(context.path("timeEpoch").asLong() > 0);
        assertTrue(context.path("time").asText().matches("\\d{2}/\\w{3}/\\d{4}:\\d{2}:\\d{2}:\\d{2} \\+0000"));
    }

    @Test
    void gatewayPlaysCloudFront() throws Exception {
        CLIENT.send(
                request("/api/things")
                        .header("X-Ecom-Origin", "forged")
                        .header("X-Forwarded-For", "6.6.6.6")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode headers = event.get().path("headers");
        assertEquals("secret-of-origin", headers.path("x-ecom-origin").asText());
        assertEquals(
                "6.6.6.6, 127.0.0.1, 130.176.0.1",
                headers.path("x-forwarded-for").asText());
        assertTrue(headers.path("via").asText().contains("CloudFront"));
        assertTrue(headers.path("x-amzn-trace-id").asText().startsWith("Root=1-"));
        assertEquals(
                "abcdefghij.execute-api.us-east-1.amazonaws.com",
                headers.path("host").asText());
    }

    @Test
    void bodyThatIsNoTextArrivesAsBase64() throws Exception {
        byte[] body = {0, 1, (byte) 0xff};
        for (String type : List.of("application/octet-stream", "application/json")) {
            CLIENT.send(
                    request("/api/things")
                            .header("Content-Type", type)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertTrue(event.get().path("isBase64Encoded").asBoolean(), type);
            assertEquals(
                    Base64.getEncoder().encodeToString(body),
                    event.get().path("body").asText());
        }
    }

    @Test
    void answerOfAFunctionHasItsStatusHeadersCookiesAndBody() throws Exception {
        answer = """
                {"statusCode": 201, "headers": {"Content-Type": "application/json", "X-Number": 5},
                 "cookies": ["a=1; Path=/", "b=2"], "body": "e30=", "isBase64Encoded": true}""";
        HttpResponse<String> response = get("/api/things");
        assertEquals(201, response.statusCode());
        assertEquals("{}", response.body());
        assertEquals(List.of("a=1; Path=/", "b=2"), response.headers().allValues("set-cookie"));
        assertEquals(Optional.of("5"), response.headers().firstValue("x-number"));
        assertEquals(Optional.of("application/json"), response.headers().firstValue("content-type"));
        assertTrue(response.headers().firstValue("apigw-requestid").isPresent());
    }

    @Test
    void answerWithoutAStatusIsTheBodyOfA200() throws Exception {
        answer = "{\"balance\":5}";
        HttpResponse<String> response = get("/api/things");
        assertEquals(200, response.statusCode());
        assertEquals("{\"balance\":5}", response.body());
        assertEquals(Optional.of("application/json"), response.headers().firstValue("content-type"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "{\"statusCode\":\"ok\"}",
                "{\"statusCode\":99}",
                "{\"statusCode\":200,\"body\":{\"a\":1}}",
                "{\"statusCode\":200,\"body\":\"***\",\"isBase64Encoded\":true}",
                "{\"statusCode\":200,\"headers\":{\"a b\":\"1\"}}"
            })
    void answerThatIsNoneIsAnInternalServerError(String malformed) throws Exception {
        answer = malformed;
        assertMessage(500, "Internal Server Error", get("/api/things"));
    }

    @Test
    void errorOfAFunctionIsAnInternalServerError() throws Exception {
        functionError = Optional.of("Unhandled");
        assertMessage(500, "Internal Server Error", get("/api/things"));
    }

    @Test
    void unknownRouteIsNotFound_alsoByMethod() throws Exception {
        assertMessage(404, "Not Found", get("/api/other"));
        assertMessage(404, "Not Found", get("/api/things/"));
        HttpRequest delete = request("/api/things").DELETE().build();
        assertMessage(404, "Not Found", CLIENT.send(delete, HttpResponse.BodyHandlers.ofString()));
    }

    @Test
    void headIsAMethodOfItsOwn_withoutABody() throws Exception {
        HttpRequest head = request("/api/things").HEAD().build();
        HttpResponse<String> response = CLIENT.send(head, HttpResponse.BodyHandlers.ofString());
        assertEquals(404, response.statusCode());
        assertEquals("", response.body());
    }

    @Test
    void bodyBeyondTenMegabytesIsTooLarge_andSoIsOneThatLambdaRefuses() throws Exception {
        byte[] body = new byte[10 * 1024 * 1024 + 1];
        HttpRequest post = request("/api/things")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        assertMessage(413, "Request Entity Too Large", CLIENT.send(post, HttpResponse.BodyHandlers.ofString()));
        refusal = new RequestTooLargeException(6);
        assertMessage(413, "Request Entity Too Large", get("/api/things"));
    }

    @Test
    void functionThatTakesTooLongIsUnavailable() throws Exception {
        assertMessage(503, "Service Unavailable", get("/slow"));
    }

    @Test
    void originsOfTheTemplateAreAllowed_andNoOther() throws Exception {
        HttpRequest.Builder preflight = request("/api/things")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Access-Control-Request-Method", "GET");
        HttpResponse<String> allowed = CLIENT.send(
                preflight.copy().header("Origin", "https://app.tg").build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(204, allowed.statusCode());
        assertEquals(Optional.of("https://app.tg"), allowed.headers().firstValue("access-control-allow-origin"));
        assertEquals(Optional.of("GET,POST"), allowed.headers().firstValue("access-control-allow-methods"));
        HttpResponse<String> refused = CLIENT.send(
                preflight.copy().header("Origin", "https://evil.tg").build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(Optional.empty(), refused.headers().firstValue("access-control-allow-origin"));
    }

    @Test
    void awsEndpointsAreBelowTheirPrefix() throws Exception {
        HttpResponse<String> response = CLIENT.send(
                request("/_aws/a%2Fb?c=d").header("X-Amz-Target", "Service.Act").build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(418, response.statusCode());
        assertEquals("Service.Act", response.body());
        assertEquals(Optional.of("/a%2Fb"), response.headers().firstValue("x-path"));
        assertEquals(Optional.of("c=d"), response.headers().firstValue("x-query"));
    }

    @Test
    void toolsAreFoundByTheirName() throws Exception {
        assertEquals("1", get("/_local/health").body());
        assertEquals(
                "GET/yas/statementOptional[+22890]",
                get("/_local/operators/yas/statement?phone=%2B22890").body());
        assertEquals(404, get("/_local/other").statusCode());
        assertEquals(500, get("/_local/broken").statusCode());
    }

    @Test
    void documentationIsServedWithThisAddressAsItsServer() throws Exception {
        assertEquals(Optional.of("/docs"), get("/").headers().firstValue("location"));
        assertTrue(get("/docs").body().contains("SwaggerUIBundle"));
        assertEquals(200, get("/docs/swagger-ui-bundle.js").statusCode());
        assertEquals(200, get("/docs/swagger-ui.css").statusCode());
        assertEquals(404, get("/docs/..%2Fsecret.js").statusCode());
        assertEquals(
                "openapi: 3.1.0\nservers:\n  - url: " + gateway.address() + "\npaths: {}\n",
                get("/docs/openapi.yaml").body());
    }

    @Test
    void takenPortIsOneSentence() {
        Mounts mounts = new Mounts(request -> null, Map.of(), directory, () -> "");
        PortTakenException failure = assertThrows(
                PortTakenException.class,
                () -> new Gateway(gateway.port(), TestStacks.of(List.of()), invoker(), mounts));
        assertEquals(
                "Port " + gateway.port() + " of 127.0.0.1 is taken by another program:"
                        + " end that one, or choose another with --port.",
                failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/%zz HTTP/1.1",
                "GET /api/%ff%fe HTTP/1.1",
                "GET /api/things/%00 HTTP/1.1",
                "GET //api//things HTTP/1.1",
                "GET /api/../things HTTP/1.1",
                "GET /api/things?%zz=%f HTTP/1.1",
                "GET /api/things;a=b HTTP/1.1",
                "FOO /api/things HTTP/1.1",
                "GET /_local/%zz HTTP/1.1",
                "GET /docs/%zz.js HTTP/1.1",
                "GET * HTTP/1.1",
                "nonsense"
            })
    void malformedRequestNeverIsAnErrorOfTheServer(String requestLine) throws Exception {
        String status = raw(requestLine + "\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertTrue(status.matches("HTTP/1.1 [234]\\d\\d.*"), status);
    }

    @Test
    void headersBeyondTheLimitAreRefused() throws Exception {
        String status = raw("GET /api/things HTTP/1.1\r\nHost: a\r\nX-Long: " + "a".repeat(11_000) + "\r\n\r\n");
        assertTrue(status.startsWith("HTTP/1.1 431"), status);
    }

    private Invoker invoker() {
        return new Invoker() {
            @Override
            public Result invoke(String function, byte[] payload) {
                if (refusal != null) {
                    throw refusal;
                }
                try {
                    event.set(JSON.readTree(payload));
                    if (function.equals("GET /slow")) {
                        never.await();
                    }
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return new Result(answer.getBytes(StandardCharsets.UTF_8), functionError);
            }

            @Override
            public void invokeEvent(String function, byte[] payload) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(gateway.address() + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return response.lines().findFirst().orElse("");
        }
    }

    private static void assertMessage(int status, String message, HttpResponse<String> response) {
        assertEquals(status, response.statusCode());
        assertEquals("{\"message\":\"" + message + "\"}", response.body());
        assertEquals(Optional.of("application/json"), response.headers().firstValue("content-type"));
    }
}

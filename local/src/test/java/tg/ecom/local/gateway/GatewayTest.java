package tg.ecom.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.testing.Eventually.eventually;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tg.ecom.local.lambda.RequestTooLargeException;

/** Routing, limits and everything that stands beside the routes. */
class GatewayTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private TestGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new TestGateway(directory);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void unknownRouteIsNotFound_alsoByMethod() throws Exception {
        TestGateway.assertMessage(404, "Not Found", gateway.get("/api/other"));
        TestGateway.assertMessage(404, "Not Found", gateway.get("/api/things/"));
        HttpRequest delete = gateway.request("/api/things").DELETE().build();
        TestGateway.assertMessage(
                404, "Not Found", TestGateway.CLIENT.send(delete, HttpResponse.BodyHandlers.ofString()));
    }

    @Test
    void headIsAMethodOfItsOwn_withoutABody() throws Exception {
        HttpRequest head = gateway.request("/api/things").HEAD().build();
        HttpResponse<String> response = TestGateway.CLIENT.send(head, HttpResponse.BodyHandlers.ofString());
        assertEquals(404, response.statusCode());
        assertEquals("", response.body());
    }

    @Test
    void bodyBeyondTenMegabytesIsTooLarge_andSoIsOneThatLambdaRefuses() throws Exception {
        byte[] body = new byte[10 * 1024 * 1024 + 1];
        HttpRequest post = gateway.request("/api/things")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        TestGateway.assertMessage(
                413, "Request Entity Too Large", TestGateway.CLIENT.send(post, HttpResponse.BodyHandlers.ofString()));
        gateway.refusal = new RequestTooLargeException(6);
        TestGateway.assertMessage(413, "Request Entity Too Large", gateway.get("/api/things"));
    }

    @Test
    void functionThatTakesTooLongIsUnavailable() throws Exception {
        TestGateway.assertMessage(503, "Service Unavailable", gateway.get("/slow"));
    }

    @Test
    void originsOfTheTemplateAreAllowed_andNoOther() throws Exception {
        HttpRequest.Builder preflight = gateway.request("/api/things")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Access-Control-Request-Method", "GET");
        HttpResponse<String> allowed = TestGateway.CLIENT.send(
                preflight.copy().header("Origin", "https://app.tg").build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(204, allowed.statusCode());
        assertEquals(Optional.of("https://app.tg"), allowed.headers().firstValue("access-control-allow-origin"));
        assertEquals(Optional.of("GET,POST"), allowed.headers().firstValue("access-control-allow-methods"));
        HttpResponse<String> refused = TestGateway.CLIENT.send(
                preflight.copy().header("Origin", "https://evil.tg").build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(Optional.empty(), refused.headers().firstValue("access-control-allow-origin"));
    }

    @Test
    void awsEndpointsAreBelowTheirPrefix() throws Exception {
        HttpResponse<String> response = TestGateway.CLIENT.send(
                gateway.request("/_aws/a%2Fb?c=d")
                        .header("X-Amz-Target", "Service.Act")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(418, response.statusCode());
        assertEquals("Service.Act", response.body());
        assertEquals(Optional.of("/a%2Fb"), response.headers().firstValue("x-path"));
        assertEquals(Optional.of("c=d"), response.headers().firstValue("x-query"));
    }

    @Test
    void toolsAreFoundByTheirName() throws Exception {
        assertEquals("1", gateway.get("/_local/health").body());
        assertEquals(
                "GET/yas/statementOptional[+22890]",
                gateway.get("/_local/operators/yas/statement?phone=%2B22890").body());
        assertEquals(404, gateway.get("/_local/other").statusCode());
        assertEquals(500, gateway.get("/_local/broken").statusCode());
    }

    @Test
    void documentationIsServedWithTheContractAsItIs() throws Exception {
        assertTrue(gateway.get("/docs").body().contains("SwaggerUIBundle"));
        assertEquals(200, gateway.get("/docs/swagger-ui-bundle.js").statusCode());
        assertEquals(200, gateway.get("/docs/swagger-ui.css").statusCode());
        assertEquals(404, gateway.get("/docs/..%2Fsecret.js").statusCode());
        assertEquals(
                "openapi: 3.1.0\nservers:\n  - url: /\npaths: {}\n",
                gateway.get("/docs/openapi.yaml").body());
    }

    @Test
    void drained_answersWhatIsUnderway_andRefusesWhatComes_whileServicesGoOn() throws Exception {
        try (TestGateway patient = new TestGateway(directory, LONG)) {
            CompletableFuture<HttpResponse<String>> underway = TestGateway.CLIENT.sendAsync(
                    patient.request("/held").build(), HttpResponse.BodyHandlers.ofString());
            patient.awaitHeld();
            CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> patient.drain(LONG));
            eventually("new requests are refused", () -> isRefused(patient));
            assertFalse(drained.isDone(), "one is underway");
            patient.release();
            assertEquals(204, underway.join().statusCode());
            drained.join();
            TestGateway.assertMessage(503, "Service Unavailable", patient.get("/api/things"));
            assertEquals(200, patient.get("/_local/health").statusCode());
        }
    }

    @Test
    void takenPortIsOneSentence() {
        Mounts mounts = new Mounts(request -> null, Map.of(), request -> Optional.empty(), directory, () -> "");
        PortTakenException failure = assertThrows(
                PortTakenException.class, () -> new Gateway(gateway.port(), TestStacks.of(List.of()), gateway, mounts));
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
        String status = gateway.raw(requestLine + "\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertTrue(status.matches("HTTP/1.1 [234]\\d\\d.*"), status);
    }

    @Test
    void operatorsAnswerBelowTheirNames_orCutTheConnection() throws Exception {
        assertEquals(
                "yasGET/transactionid{idRequete=a b}",
                gateway.get("/_operators/yas/transactionid?idRequete=a%20b").body());
        assertThrows(IOException.class, () -> gateway.get("/_operators/yas/cut"));
    }

    @Test
    void headersBeyondTheLimitAreRefused() throws Exception {
        String status =
                gateway.raw("GET /api/things HTTP/1.1\r\nHost: a\r\nX-Long: " + "a".repeat(11_000) + "\r\n\r\n");
        assertTrue(status.startsWith("HTTP/1.1 431"), status);
    }

    private static boolean isRefused(TestGateway gateway) {
        try {
            return gateway.get("/api/things").statusCode() == 503;
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }
}

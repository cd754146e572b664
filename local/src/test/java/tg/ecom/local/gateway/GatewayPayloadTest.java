package tg.ecom.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What functions are given and what becomes of their answers. */
class GatewayPayloadTest {
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
    void eventIsOfPayloadFormatTwo() throws Exception {
        HttpRequest request = gateway.request("/api/things/a%2Fb?x=1&x=2&y=%20z&flag")
                .header("Cookie", "one=1; two=2")
                .header("X-Many", "first")
                .header("X-Many", "second")
                .header("User-Agent", "tests")
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString("{\"é\":1}"))
                .build();
        TestGateway.CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode sent = gateway.event();
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
        TestGateway.CLIENT.send(
                gateway.request("/api/things")
                        .header("X-Ecom-Origin", "forged")
                        .header("X-Forwarded-For", "6.6.6.6")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode headers = gateway.event().path("headers");
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
            TestGateway.CLIENT.send(
                    gateway.request("/api/things")
                            .header("Content-Type", type)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertTrue(gateway.event().path("isBase64Encoded").asBoolean(), type);
            assertEquals(
                    Base64.getEncoder().encodeToString(body),
                    gateway.event().path("body").asText());
        }
    }

    @Test
    void answerOfAFunctionHasItsStatusHeadersCookiesAndBody() throws Exception {
        gateway.answer = """
                {"statusCode": 201, "headers": {"Content-Type": "application/json", "X-Number": 5},
                 "cookies": ["a=1; Path=/", "b=2"], "body": "e30=", "isBase64Encoded": true}""";
        HttpResponse<String> response = gateway.get("/api/things");
        assertEquals(201, response.statusCode());
        assertEquals("{}", response.body());
        assertEquals(List.of("a=1; Path=/", "b=2"), response.headers().allValues("set-cookie"));
        assertEquals(Optional.of("5"), response.headers().firstValue("x-number"));
        assertEquals(Optional.of("application/json"), response.headers().firstValue("content-type"));
        assertTrue(response.headers().firstValue("apigw-requestid").isPresent());
    }

    @Test
    void statusWithoutABodyHasNone() throws Exception {
        gateway.answer = "{\"statusCode\":204,\"body\":\"surplus\"}";
        assertEquals("", gateway.get("/api/things").body());
    }

    @Test
    void answerWithoutAStatusIsTheBodyOfA200() throws Exception {
        gateway.answer = "{\"balance\":5}";
        HttpResponse<String> response = gateway.get("/api/things");
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
        gateway.answer = malformed;
        TestGateway.assertMessage(500, "Internal Server Error", gateway.get("/api/things"));
    }

    @Test
    void errorOfAFunctionIsAnInternalServerError() throws Exception {
        gateway.functionError = Optional.of("Unhandled");
        TestGateway.assertMessage(500, "Internal Server Error", gateway.get("/api/things"));
    }
}

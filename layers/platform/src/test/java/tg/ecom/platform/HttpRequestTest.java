package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tg.ecom.kernel.Language;

class HttpRequestTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            203.0.113.7, 192.0.2.1               | 203.0.113.7
            1.1.1.1, 203.0.113.7, 192.0.2.1      | 203.0.113.7
            1.1.1.1,203.0.113.7 ,192.0.2.1       | 203.0.113.7
            2001:db8::1, 192.0.2.1               | 20:01:0d:b8:00:00:00:00/64
            2001:db8:0:0:f::2, 192.0.2.1         | 20:01:0d:b8:00:00:00:00/64
            2001:db8:0:1::1, 192.0.2.1           | 20:01:0d:b8:00:00:00:01/64
            ::ffff:203.0.113.7, 192.0.2.1        | ::ffff:203.0.113.7
            no:address, 192.0.2.1                | no:address
            192.0.2.1                            | unknown
            ''                                   | unknown
            """)
    void ip_isWhatTheEntryPointSawAndNotWhatTheCallerWrote(String forwarded, String ip) {
        ObjectNode event = FunctionScene.header(AwsServer.object(), "x-forwarded-for", forwarded);
        assertEquals(ip, HttpRequest.of(event).visitor().ip());
    }

    @Test
    void visitorThatSaysNothing_isFrenchAndUnknown() {
        assertEquals(
                new Visitor(Language.FRENCH, "unknown", ""),
                HttpRequest.of(AwsServer.object()).visitor());
    }

    @Test
    void longUserAgent_isCut() {
        ObjectNode event = FunctionScene.header(AwsServer.object(), "user-agent", "x".repeat(5_000));
        assertEquals(200, HttpRequest.of(event).visitor().device().length());
    }

    @Test
    void body_isReadInBothWaysThatTheGatewayWritesIt() {
        byte[] body = "{\"é\":1}".getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(
                body,
                HttpRequest.of(AwsServer.object().put("body", "{\"é\":1}")).body());
        assertArrayEquals(
                body,
                HttpRequest.of(AwsServer.object().put("isBase64Encoded", true).put("body", body))
                        .body());
        assertEquals(0, HttpRequest.of(AwsServer.object()).body().length);
    }

    @Test
    void parametersOfPathAndQuery_areToldApart() {
        ObjectNode event = AwsServer.object();
        event.putObject("pathParameters").put("id", "1");
        event.putObject("queryStringParameters").put("id", "2");
        HttpRequest request = HttpRequest.of(event);
        assertEquals(Map.of("path id", "1", "query id", "2"), request.parameters());
        assertEquals(Optional.empty(), request.originSecret());
    }
}

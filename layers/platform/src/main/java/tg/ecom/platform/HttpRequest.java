package tg.ecom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tg.ecom.kernel.Language;

/**
 * A request as API Gateway's HTTP API hands it over (payload format 2.0).
 *
 * @param headers names in small letters
 */
record HttpRequest(
        String method, String path, Map<String, String> headers, Map<String, String> parameters, byte[] body) {
    private static final String ORIGIN_SECRET = "x-ecom-origin";
    private static final int DEVICE_LENGTH_MAX = 200;
    private static final int NETWORK_BYTES = 8;

    static HttpRequest of(JsonNode event) {
        Map<String, String> parameters = new LinkedHashMap<>();
        event.path("pathParameters")
                .properties()
                .forEach(field -> parameters.put(
                        Parameter.key("path", field.getKey()), field.getValue().asText()));
        event.path("queryStringParameters")
                .properties()
                .forEach(field -> parameters.put(
                        Parameter.key("query", field.getKey()), field.getValue().asText()));
        Map<String, String> headers = new LinkedHashMap<>();
        event.path("headers")
                .properties()
                .forEach(field -> headers.put(field.getKey(), field.getValue().asText()));
        JsonNode http = event.path("requestContext").path("http");
        return new HttpRequest(
                http.path("method").asText(), http.path("path").asText(), headers, parameters, body(event));
    }

    private static byte[] body(JsonNode event) {
        String text = event.path("body").asText("");
        return event.path("isBase64Encoded").asBoolean()
                ? Base64.getDecoder().decode(text)
                : text.getBytes(StandardCharsets.UTF_8);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    Optional<String> originSecret() {
        return header(ORIGIN_SECRET);
    }

    Visitor visitor() {
        String agent = header("user-agent").orElse("");
        return new Visitor(
                Language.preferred(header("accept-language").orElse("")),
                ip(),
                agent.substring(0, Math.min(agent.length(), DEVICE_LENGTH_MAX)));
    }

    /**
     * The last address is the entry point's; the one before it is what the entry point saw. What stands further left
     * anyone wrote. Of IPv6 it is the network of 64 bits, which is what one customer gets: counting each address of it
     * would count nobody (RFC 6177).
     */
    private String ip() {
        String[] addresses = header("x-forwarded-for").orElse("").split(",", -1);
        String seen = addresses.length < 2 ? "unknown" : addresses[addresses.length - 2].strip();
        return seen.contains(":") ? network(seen) : seen;
    }

    private static String network(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return bytes.length == NETWORK_BYTES * 2
                    ? HexFormat.ofDelimiter(":").formatHex(bytes, 0, NETWORK_BYTES) + "/64"
                    : address;
        } catch (IllegalArgumentException notAnAddress) {
            return address;
        }
    }
}

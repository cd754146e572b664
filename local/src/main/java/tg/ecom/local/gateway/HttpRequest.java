package tg.ecom.local.gateway;

import java.util.List;
import java.util.Map;

/**
 * A request as the client sent it.
 *
 * @param method the method
 * @param path the path, still percent-encoded
 * @param query the raw query string, empty when there is none
 * @param headers values by name in small letters
 * @param body the whole body
 * @param remoteAddress the caller's address
 * @param scheme {@code http}
 * @param port the port it came to
 */
record HttpRequest(
        String method,
        String path,
        String query,
        Map<String, List<String>> headers,
        byte[] body,
        String remoteAddress,
        String scheme,
        int port) {
    /** The first value of a header, empty when it wasn't sent. */
    String header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }
}

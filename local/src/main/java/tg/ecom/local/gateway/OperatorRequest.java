package tg.ecom.local.gateway;

import java.util.Map;

/**
 * A request to a simulated payment operator, below {@code /_operators}.
 *
 * @param operator the operator's name, such as {@code yas}
 * @param method the HTTP method in capitals
 * @param path what follows the operator's name, beginning with a slash
 * @param query the query parameters, decoded; of repeated ones the first
 * @param headers header names in small letters; of repeated headers the first
 * @param body the whole body
 */
public record OperatorRequest(
        String operator,
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body) {
    /** The header of that name (small letters), empty when it was not sent. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}

package tg.ecom.local.aws;

import java.util.Map;
import java.util.Optional;

/**
 * A request to one of the AWS endpoints, as it came in below {@code /_aws}.
 *
 * @param method the HTTP method in capitals
 * @param path the path after {@code /_aws}, beginning with a slash, still percent-encoded
 * @param query the raw query string, empty when there is none
 * @param headers header names in small letters; of repeated headers the first
 * @param body the whole body
 */
public record AwsRequest(String method, String path, String query, Map<String, String> headers, byte[] body) {
    /** The header of that name (small letters), if it was sent. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}

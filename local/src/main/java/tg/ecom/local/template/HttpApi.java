package tg.ecom.local.template;

import java.util.List;
import java.util.Optional;

/**
 * An HTTP API of API Gateway.
 *
 * @param logicalPath logical ids from the root template down
 * @param id its ten characters
 * @param cors what it answers browsers of other origins, if it does
 */
public record HttpApi(String logicalPath, String id, Optional<Cors> cors) {
    /** The CorsConfiguration: lists as written ({@code *} for any), the maximum age in seconds. */
    public record Cors(
            List<String> origins,
            List<String> methods,
            List<String> headers,
            List<String> exposedHeaders,
            Optional<Integer> maxAgeSeconds,
            boolean credentials) {}
}

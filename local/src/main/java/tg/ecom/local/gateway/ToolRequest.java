package tg.ecom.local.gateway;

import java.util.Map;
import java.util.Optional;

/**
 * A request to one of local's own tools, below {@code /_local}.
 *
 * @param method the HTTP method in capitals
 * @param path what follows the tool's name, decoded; empty, or beginning with a slash
 * @param query the query parameters, decoded; of repeated ones the first
 * @param body the whole body
 */
public record ToolRequest(String method, String path, Map<String, String> query, byte[] body) {
    /** The query parameter of that name, if it was sent. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }
}

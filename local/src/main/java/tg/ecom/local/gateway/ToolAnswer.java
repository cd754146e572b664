package tg.ecom.local.gateway;

/**
 * The answer of one of local's own tools.
 *
 * @param status the HTTP status
 * @param contentType such as {@code application/json}
 * @param body the whole body
 */
public record ToolAnswer(int status, String contentType, byte[] body) {}

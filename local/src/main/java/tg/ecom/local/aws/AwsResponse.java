package tg.ecom.local.aws;

import java.util.Map;

/**
 * The answer of an AWS endpoint.
 *
 * @param status the HTTP status
 * @param headers what to send besides Content-Length and Date
 * @param body the whole body
 */
public record AwsResponse(int status, Map<String, String> headers, byte[] body) {}

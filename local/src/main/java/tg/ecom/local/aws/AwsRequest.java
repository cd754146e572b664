package tg.ecom.local.aws;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");

    /** The header of that name (small letters), if it was sent. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * The operation that is asked for, as the JSON protocol has it in a header and the query protocol in a form; else
     * the method.
     */
    public String operation() {
        String target = header("x-amz-target").orElse("");
        if (!target.isEmpty()) {
            return target.substring(target.lastIndexOf('.') + 1);
        }
        boolean isForm = header("content-type").orElse("").startsWith(FORM);
        Matcher action = ACTION.matcher(isForm ? new String(body, StandardCharsets.UTF_8) : query);
        return action.find() ? action.group(1) : method;
    }
}

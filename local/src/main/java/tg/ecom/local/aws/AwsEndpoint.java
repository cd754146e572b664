package tg.ecom.local.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The one address of all AWS services: who a request is for is read from the credential scope that it is signed with,
 * in the Authorization header or, of a presigned URL, in X-Amz-Credential. Signatures are checked by S3 only.
 */
public final class AwsEndpoint {
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    /** Key id, date, region, then the service's signing name. */
    private static final Pattern SCOPE = Pattern.compile("[^/\\s=]+/\\d{8}/[^/\\s]+/([a-z0-9-]+)/aws4_request");

    private final Map<String, AwsService> services;

    /** Dispatches to these services by their signing names. */
    public AwsEndpoint(List<AwsService> services) {
        this.services = services.stream().collect(Collectors.toMap(AwsService::signingName, Function.identity()));
    }

    /** Answers one request, also one that no service can be found for. */
    public AwsResponse handle(AwsRequest request) {
        Optional<String> name = signingName(request);
        if (name.isEmpty()) {
            return refusal(
                    request,
                    FORBIDDEN,
                    "MissingAuthenticationToken",
                    "The request is not signed with AWS Signature Version 4.");
        }
        AwsService service = services.get(name.get());
        return service == null
                ? refusal(request, NOT_FOUND, "UnknownService", "The service '" + name.get() + "' is not offered here.")
                : service.handle(request);
    }

    private static Optional<String> signingName(AwsRequest request) {
        return request.header("authorization").or(() -> presigned(request)).flatMap(AwsEndpoint::serviceOf);
    }

    private static Optional<String> presigned(AwsRequest request) {
        try {
            return Optional.ofNullable(Form.decode(request.query()).get("X-Amz-Credential"));
        } catch (AwsFault malformed) {
            return Optional.empty();
        }
    }

    private static Optional<String> serviceOf(String credential) {
        Matcher matcher = SCOPE.matcher(credential);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static AwsResponse refusal(AwsRequest request, int status, String code, String message) {
        boolean json = request.headers().containsKey("x-amz-target")
                || request.header("content-type").orElse("").contains("json");
        return json ? JsonProtocol.failure(status, code, message) : QueryProtocol.failure(status, code, message);
    }
}

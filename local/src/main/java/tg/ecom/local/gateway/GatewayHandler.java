package tg.ecom.local.gateway;

import java.util.Optional;

/** Has a request answered by the part that it is for. */
final class GatewayHandler extends WholeRequestHandler {
    /** API Gateway's quota for a body. */
    private static final int BODY_MAX_BYTES = 10 * 1024 * 1024;

    private final HttpApis apis;
    private final AwsMount aws;
    private final ToolMount tools;
    private final OperatorMount operators;
    private final Documentation documentation;

    GatewayHandler(HttpApis apis, Mounts mounts) {
        this.apis = apis;
        this.aws = new AwsMount(mounts.aws());
        this.tools = new ToolMount(mounts.tools());
        this.operators = new OperatorMount(mounts.operators());
        this.documentation = new Documentation(mounts.contract());
    }

    @Override
    int bodyMaxBytes(String path, String authorization) {
        return isForAws(path, authorization) ? AwsMount.BODY_MAX_BYTES : BODY_MAX_BYTES;
    }

    @Override
    Optional<HttpAnswer> answer(HttpRequest request) {
        if (!request.path().startsWith(OperatorMount.PREFIX)) {
            return Optional.of(answerOfOurs(request));
        }
        Optional<HttpAnswer> refusal = BrowserGuard.refusal(request);
        return refusal.isPresent() ? refusal : operators.answer(request);
    }

    private HttpAnswer answerOfOurs(HttpRequest request) {
        String path = request.path();
        if (isForAws(path, request.header("authorization"))) {
            return BrowserGuard.refusal(request).orElseGet(() -> aws.answer(request));
        }
        if (Console.takes(request)) {
            return BrowserGuard.refusalOfName(request).orElseGet(() -> Console.answer(path));
        }
        if (path.startsWith(ToolMount.PREFIX)) {
            return BrowserGuard.refusalOfTool(request).orElseGet(() -> tools.answer(request));
        }
        if (Documentation.takes(path)) {
            return documentation.answer(path);
        }
        return apis.answer(request);
    }

    /** The SDK's clients of the query protocol drop an endpoint's path, so their signature tells as well. */
    private static boolean isForAws(String path, String authorization) {
        return AwsMount.takes(path) || (authorization != null && authorization.startsWith("AWS4-HMAC-SHA256 "));
    }
}

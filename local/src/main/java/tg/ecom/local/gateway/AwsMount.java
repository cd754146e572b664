package tg.ecom.local.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tg.ecom.local.aws.AwsRequest;
import tg.ecom.local.aws.AwsResponse;

/** {@code /_aws/**}: the endpoints of AWS services. */
final class AwsMount {
    static final String PREFIX = "/_aws";

    /** What AWS services are sent, such as objects, may be larger than what API Gateway takes. */
    static final int BODY_MAX_BYTES = 64 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(AwsMount.class);

    private final Function<AwsRequest, AwsResponse> services;

    AwsMount(Function<AwsRequest, AwsResponse> services) {
        this.services = services;
    }

    static boolean takes(String path) {
        return path.equals(PREFIX) || path.startsWith(PREFIX + "/");
    }

    HttpAnswer answer(HttpRequest request) {
        String path = takes(request.path()) ? request.path().substring(PREFIX.length()) : request.path();
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((name, values) -> headers.put(name, values.getFirst()));
        AwsRequest awsRequest =
                new AwsRequest(request.method(), path.isEmpty() ? "/" : path, request.query(), headers, request.body());
        try {
            AwsResponse response = services.apply(awsRequest);
            List<Map.Entry<String, String>> answered =
                    new ArrayList<>(response.headers().entrySet());
            return new HttpAnswer(response.status(), answered, response.body());
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.method(), request.path(), e);
            return HttpAnswer.message(500, "InternalFailure");
        }
    }
}

package tg.ecom.local.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@code /_operators/**}: the payment operators by name. */
final class OperatorMount {
    static final String PREFIX = "/_operators/";

    private final OperatorEndpoint operators;

    OperatorMount(OperatorEndpoint operators) {
        this.operators = operators;
    }

    /** The answer, or nothing when the connection is to be cut. */
    Optional<HttpAnswer> answer(HttpRequest request) {
        String path = request.path().substring(PREFIX.length());
        int slash = path.indexOf('/');
        String name = slash < 0 ? path : path.substring(0, slash);
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((header, values) -> headers.put(header, values.getFirst()));
        OperatorRequest operatorRequest = new OperatorRequest(
                name,
                request.method(),
                slash < 0 ? "/" : path.substring(slash),
                ToolMount.query(request.query()),
                headers,
                request.body());
        return operators
                .handle(operatorRequest)
                .map(answer -> HttpAnswer.of(answer.status(), answer.contentType(), answer.body()));
    }
}

package tg.ecom.local.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The AWS REST JSON protocol: the operation is named by method and path, the body is a JSON object. */
abstract class RestProtocol implements AwsService {
    /**
     * What an operation gets.
     *
     * @param name the variable part of the path, empty when it has none
     * @param query the query string's parameters
     * @param body the body, an empty object when there is none
     */
    record Call(String name, Map<String, String> query, JsonInput body) {}

    /** One operation of the service. */
    interface Operation {
        ObjectNode answer(Call call);
    }

    private record Route(String method, Pattern path, Operation operation) {}

    private static final Logger LOG = LoggerFactory.getLogger(RestProtocol.class);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    private final String signingName;
    private final String invalidInput;
    private final List<Route> routes = new ArrayList<>();

    /** Names the service and its error code for a member that is missing or of the wrong type. */
    RestProtocol(String signingName, String invalidInput) {
        this.signingName = signingName;
        this.invalidInput = invalidInput;
    }

    /** Offers an operation; a star in the path stands for the name it is about. */
    final void offer(String method, String path, Operation operation) {
        routes.add(new Route(method, Pattern.compile(path.replace("*", "([^/]+)")), operation));
    }

    @Override
    public final String signingName() {
        return signingName;
    }

    @Override
    public final AwsResponse handle(AwsRequest request) {
        try {
            return response(OK, "", answer(request));
        } catch (AwsFault fault) {
            return failure(fault.status(), fault.code(), fault.getMessage());
        } catch (RuntimeException failure) {
            LOG.error("{} failed", signingName, failure);
            return failure(SERVER_ERROR, "InternalServerException", AwsFault.INTERNAL);
        }
    }

    private ObjectNode answer(AwsRequest request) {
        for (Route route : routes) {
            Matcher matcher = route.path().matcher(request.path());
            if (route.method().equals(request.method()) && matcher.matches()) {
                String name = matcher.groupCount() == 0
                        ? ""
                        : Form.unescape(matcher.group(1).replace("+", "%2B"));
                JsonInput body = JsonInput.parse(request.body(), invalidInput);
                return route.operation().answer(new Call(name, Form.decode(request.query()), body));
            }
        }
        String what = request.method() + " " + request.path();
        throw new AwsFault(NOT_FOUND, "UnknownOperationException", what + " is not offered here.");
    }

    private static AwsResponse failure(int status, String code, String message) {
        return response(status, code, JsonInput.answer().put("message", message).put("Message", message));
    }

    private static AwsResponse response(int status, String error, ObjectNode body) {
        Map<String, String> headers = error.isEmpty()
                ? Map.of("Content-Type", "application/json")
                : Map.of("Content-Type", "application/json", "x-amzn-ErrorType", error);
        return new AwsResponse(status, headers, JsonInput.write(body));
    }
}

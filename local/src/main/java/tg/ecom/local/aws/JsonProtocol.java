package tg.ecom.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** AWS JSON 1.1: the operation is named by the X-Amz-Target header, input and output are JSON objects. */
abstract class JsonProtocol implements AwsService {
    /** One operation of the service. */
    interface Operation {
        ObjectNode answer(JsonInput input);
    }

    private static final Logger LOG = LoggerFactory.getLogger(JsonProtocol.class);
    private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;

    private final String signingName;
    private final String invalidInput;
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    /** Names the service and its error code for a member that is missing or of the wrong type. */
    JsonProtocol(String signingName, String invalidInput) {
        this.signingName = signingName;
        this.invalidInput = invalidInput;
    }

    /** Offers an operation under AWS's name for it. */
    final void offer(String name, Operation operation) {
        operations.put(name, operation);
    }

    @Override
    public final String signingName() {
        return signingName;
    }

    @Override
    public final AwsResponse handle(AwsRequest request) {
        try {
            String target = request.header("x-amz-target").orElse("");
            Operation operation = operations.get(target.substring(target.lastIndexOf('.') + 1));
            if (operation == null) {
                throw new AwsFault("UnknownOperationException", "The operation '" + target + "' is not offered here.");
            }
            return response(OK, operation.answer(JsonInput.parse(request.body(), invalidInput)));
        } catch (AwsFault fault) {
            return failure(fault.status(), fault.code(), fault.getMessage());
        } catch (RuntimeException failure) {
            LOG.error("{} failed", signingName, failure);
            return failure(SERVER_ERROR, "InternalServiceError", failure.toString());
        }
    }

    /** An error in the protocol's form. */
    static AwsResponse failure(int status, String code, String message) {
        return response(status, JsonInput.answer().put("__type", code).put("message", message));
    }

    private static AwsResponse response(int status, JsonNode body) {
        return new AwsResponse(status, Map.of("Content-Type", CONTENT_TYPE), JsonInput.write(body));
    }
}

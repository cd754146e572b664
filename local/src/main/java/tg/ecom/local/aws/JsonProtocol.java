package tg.ecom.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** AWS JSON: the operation is named by the X-Amz-Target header, input and output are JSON objects. */
abstract class JsonProtocol implements AwsService {
    /** One operation of the service. */
    interface Operation {
        JsonNode answer(JsonInput input);
    }

    /** The protocol's versions, which differ in the content type alone. */
    enum Version {
        JSON_1_0("application/x-amz-json-1.0"),
        JSON_1_1("application/x-amz-json-1.1");

        private final String contentType;

        Version(String contentType) {
            this.contentType = contentType;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(JsonProtocol.class);
    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;

    private final String signingName;
    private final String invalidInput;
    private final Version version;
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    /** Names a service of version 1.1 and its error code for a member that is missing or of the wrong type. */
    JsonProtocol(String signingName, String invalidInput) {
        this(signingName, invalidInput, Version.JSON_1_1);
    }

    /** As above, of that version. */
    JsonProtocol(String signingName, String invalidInput, Version version) {
        this.signingName = signingName;
        this.invalidInput = invalidInput;
        this.version = version;
    }

    /** Offers an operation under AWS's name for it. */
    final void offer(String name, Operation operation) {
        operations.put(name, operation);
    }

    /** The operation of that name, if the service has it: one of those that are offered. */
    Optional<Operation> operation(String name) {
        return Optional.ofNullable(operations.get(name));
    }

    @Override
    public final String signingName() {
        return signingName;
    }

    @Override
    public final AwsResponse handle(AwsRequest request) {
        try {
            String target = request.header("x-amz-target").orElse("");
            Operation operation = operation(target.substring(target.lastIndexOf('.') + 1))
                    .orElseThrow(() -> new AwsFault(
                            "UnknownOperationException", "The operation '" + target + "' is not offered here."));
            return response(OK, version, operation.answer(JsonInput.parse(request.body(), invalidInput)));
        } catch (AwsFault fault) {
            return failure(fault.status(), version, fault.code(), fault.getMessage());
        } catch (RuntimeException failure) {
            LOG.error("{} failed", signingName, failure);
            return failure(SERVER_ERROR, version, "InternalServiceError", AwsFault.INTERNAL);
        }
    }

    /** An error in the protocol's form. */
    static AwsResponse failure(int status, String code, String message) {
        return failure(status, Version.JSON_1_1, code, message);
    }

    private static AwsResponse failure(int status, Version version, String code, String message) {
        return response(status, version, JsonInput.answer().put("__type", code).put("message", message));
    }

    private static AwsResponse response(int status, Version version, JsonNode body) {
        Map<String, String> headers = Map.of(
                "Content-Type",
                version.contentType,
                "x-amzn-RequestId",
                UUID.randomUUID().toString());
        return new AwsResponse(status, headers, JsonInput.write(body));
    }
}

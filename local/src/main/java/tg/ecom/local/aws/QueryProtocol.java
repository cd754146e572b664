package tg.ecom.local.aws;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The AWS query protocol: a form with an Action in, XML out. */
abstract class QueryProtocol implements AwsService {
    /** One operation: writes what belongs into its result element. */
    interface Operation {
        void answer(Form form, Xml result);
    }

    private static final Logger LOG = LoggerFactory.getLogger(QueryProtocol.class);
    private static final int OK = 200;
    private static final int CLIENT_ERROR_END = 500;

    private final String signingName;
    private final String namespace;
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    QueryProtocol(String signingName, String namespace) {
        this.signingName = signingName;
        this.namespace = namespace;
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
            Form form = Form.of(request);
            String action = form.value("Action").orElse("");
            Operation operation = operations.get(action);
            if (operation == null) {
                throw new AwsFault("InvalidAction", "The action '" + action + "' is not offered here.");
            }
            return success(action, operation, form);
        } catch (AwsFault fault) {
            return failure(fault.status(), fault.code(), fault.getMessage());
        } catch (RuntimeException failure) {
            LOG.error("{} failed", signingName, failure);
            return failure(CLIENT_ERROR_END, "InternalError", AwsFault.INTERNAL);
        }
    }

    private AwsResponse success(String action, Operation operation, Form form) {
        Xml xml = new Xml();
        xml.element(action + "Response xmlns=\"" + namespace + "\"", () -> {
            xml.element(action + "Result", () -> operation.answer(form, xml));
            xml.element(
                    "ResponseMetadata",
                    () -> xml.element("RequestId", UUID.randomUUID().toString()));
        });
        return response(OK, xml);
    }

    /** An error in the protocol's form. */
    static AwsResponse failure(int status, String code, String message) {
        Xml xml = new Xml();
        xml.element("ErrorResponse", () -> {
            xml.element(
                    "Error",
                    () -> xml.element("Type", status < CLIENT_ERROR_END ? "Sender" : "Receiver")
                            .element("Code", code)
                            .element("Message", message));
            xml.element("RequestId", UUID.randomUUID().toString());
        });
        return response(status, xml);
    }

    private static AwsResponse response(int status, Xml xml) {
        return new AwsResponse(status, Map.of("Content-Type", "text/xml"), xml.bytes());
    }
}

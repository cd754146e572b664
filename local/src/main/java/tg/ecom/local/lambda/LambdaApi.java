package tg.ecom.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tg.ecom.local.aws.AwsRequest;
import tg.ecom.local.aws.AwsResponse;
import tg.ecom.local.aws.AwsService;
import tg.ecom.local.template.FunctionDefinition;

/** The HTTP API of Lambda (2015-03-31), as far as invoking and looking up functions goes. */
public final class LambdaApi implements AwsService {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FUNCTIONS = Pattern.compile("/2015-03-31/functions/?");
    private static final Pattern FUNCTION = Pattern.compile("/2015-03-31/functions/([^/]+)(/[a-z]+)?");
    private static final Pattern QUALIFIER = Pattern.compile("(?:^|&)Qualifier=([^&]*)");

    private final LambdaService lambda;

    /** Answers for those functions. */
    public LambdaApi(LambdaService lambda) {
        this.lambda = lambda;
    }

    @Override
    public String signingName() {
        return "lambda";
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
        try {
            return route(request);
        } catch (UnknownFunctionException e) {
            return error(404, "ResourceNotFoundException", e.getMessage());
        } catch (RequestTooLargeException e) {
            return error(413, "RequestTooLargeException", e.getMessage());
        } catch (TooManyRequestsException e) {
            return error(429, "TooManyRequestsException", e.getMessage());
        }
    }

    private AwsResponse route(AwsRequest request) {
        Matcher function = FUNCTION.matcher(request.path());
        String method = request.method();
        if (function.matches()) {
            String name = decoded(function.group(1)) + qualifier(request.query());
            String action = method + " " + (function.group(2) == null ? "" : function.group(2));
            return switch (action) {
                case "POST /invocations" -> invoke(name, request);
                case "GET " -> json(200, described(lambda.function(name)));
                case "GET /configuration" -> json(200, configuration(lambda.function(name)));
                default -> unsupported(request);
            };
        }
        return method.equals("GET") && FUNCTIONS.matcher(request.path()).matches() ? list() : unsupported(request);
    }

    private AwsResponse invoke(String name, AwsRequest request) {
        byte[] payload = request.body().length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : request.body();
        FunctionDefinition function = lambda.function(name);
        String type = request.header("x-amz-invocation-type").orElse("RequestResponse");
        if (!isJson(payload)) {
            return error(400, "InvalidRequestContentException", "Could not parse request body into json");
        }
        return switch (type) {
            case "RequestResponse" -> answered(function, lambda.invoke(name, payload));
            case "Event" -> {
                lambda.invokeEvent(name, payload);
                yield new AwsResponse(202, headers(), new byte[0]);
            }
            case "DryRun" -> new AwsResponse(204, headers(), new byte[0]);
            default -> error(400, "InvalidParameterValueException", "No invocation type is called " + type);
        };
    }

    private static AwsResponse answered(FunctionDefinition function, Invoker.Result result) {
        Map<String, String> headers = headers();
        headers.put("X-Amz-Executed-Version", Invocation.version(function));
        result.functionError().ifPresent(error -> headers.put("X-Amz-Function-Error", error));
        return new AwsResponse(200, headers, result.payload());
    }

    private AwsResponse list() {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode functions = answer.putArray("Functions");
        lambda.functions().forEach(function -> functions.add(configuration(function)));
        return json(200, answer);
    }

    private static ObjectNode described(FunctionDefinition function) {
        ObjectNode answer = JSON.createObjectNode();
        answer.set("Configuration", configuration(function));
        answer.putObject("Code").put("Location", function.code().toUri().toString());
        return answer;
    }

    private static ObjectNode configuration(FunctionDefinition function) {
        return JSON.createObjectNode()
                .put("FunctionName", function.name())
                .put("FunctionArn", function.arn())
                .put("Runtime", "java25")
                .put("Handler", function.handler())
                .put("MemorySize", function.memoryMb())
                .put("Timeout", (int) function.timeout().toSeconds())
                .put("Version", "$LATEST")
                .put("PackageType", "Zip")
                .put("State", "Active")
                .put("LastUpdateStatus", "Successful");
    }

    private static AwsResponse unsupported(AwsRequest request) {
        return error(
                404,
                "ResourceNotFoundException",
                "The local Lambda has no operation " + request.method() + " " + request.path());
    }

    private static AwsResponse error(int status, String type, String message) {
        ObjectNode body = JSON.createObjectNode();
        body.put("Type", "User").put("Message", message).put("message", message);
        AwsResponse response = json(status, body);
        response.headers().put("X-Amzn-Errortype", type);
        return response;
    }

    private static AwsResponse json(int status, ObjectNode body) {
        try {
            return new AwsResponse(status, headers(), JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of texts is always JSON", e);
        }
    }

    private static Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("X-Amzn-RequestId", UUID.randomUUID().toString());
        return headers;
    }

    private static boolean isJson(byte[] payload) {
        try {
            return !JSON.readTree(payload).isMissingNode();
        } catch (IOException e) {
            return false;
        }
    }

    private static String qualifier(String query) {
        Matcher qualifier = QUALIFIER.matcher(query);
        return qualifier.find() ? ":" + decoded(qualifier.group(1)) : "";
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException nobodysName) {
            throw new UnknownFunctionException(text);
        }
    }
}

package tg.ecom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import tg.ecom.states.LambdaFault;
import tg.ecom.states.LambdaFunctions;

/** Functions behind Lambda's Invoke API at an address of somebody's. */
final class RemoteFunctions implements LambdaFunctions, AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** A function may take 15 minutes; whoever has not answered then never will. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(16);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the names of Lambda's own errors begin with. */
    private static final String SERVICE = "Lambda.";

    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_ERROR = 400;
    private static final int FIRST_SERVER_ERROR = 500;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final String endpoint;

    /** Calls functions at that address, such as {@code http://127.0.0.1:3001}. */
    RemoteFunctions(URI endpoint) {
        this.endpoint = endpoint.toString().replaceFirst("/+$", "");
    }

    @Override
    public Answer invoke(String function, byte[] payload) throws LambdaFault {
        String name = URLEncoder.encode(function, StandardCharsets.UTF_8).replace("+", "%20");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(endpoint + "/2015-03-31/functions/" + name + "/invocations"))
                .timeout(ANSWER_TIMEOUT)
                .header("Content-Type", "application/json")
                .header("X-Amz-Invocation-Type", "RequestResponse")
                .POST(HttpRequest.BodyPublishers.ofByteArray(payload))
                .build();
        HttpResponse<byte[]> answer = send(request);
        if (answer.statusCode() >= FIRST_ERROR) {
            String error = errorName(answer);
            throw new LambdaFault(SERVICE + error, message(answer, error));
        }
        return new Answer(
                answer.body(),
                answer.headers().firstValue("X-Amz-Function-Error"),
                answer.headers().firstValue("X-Amz-Executed-Version").orElse("$LATEST"));
    }

    /** Cuts off what is underway. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws LambdaFault {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException unreachable) {
            throw new LambdaFault(
                    SERVICE + "SdkClientException",
                    "Unable to execute HTTP request: " + request.uri() + ": " + unreachable);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The invocation was cut off by the end of the program", ended);
        }
    }

    private static String errorName(HttpResponse<byte[]> answer) {
        return switch (answer.statusCode()) {
            case NOT_FOUND -> "ResourceNotFoundException";
            case TOO_MANY_REQUESTS -> "TooManyRequestsException";
            default ->
                answer.statusCode() >= FIRST_SERVER_ERROR
                        ? "ServiceException"
                        : answer.headers()
                                .firstValue("X-Amzn-ErrorType")
                                .map(type -> type.split("[:#]", 2)[0])
                                .orElse("AWSLambdaException");
        };
    }

    /** As AWS's SDK tells of a refusal. */
    private static String message(HttpResponse<byte[]> answer, String error) {
        return said(new String(answer.body(), StandardCharsets.UTF_8)) + " (Service: AWSLambda; Status Code: "
                + answer.statusCode() + "; Error Code: " + error + ")";
    }

    private static String said(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json.path("Message").asText(json.path("message").asText(body));
        } catch (IOException notJson) {
            return body;
        }
    }
}

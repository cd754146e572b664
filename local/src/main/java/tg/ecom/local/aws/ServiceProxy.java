package tg.ecom.local.aws;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A service that a real server offers: requests are handed on unchanged, with the Host that the client signed for, and
 * answers handed back.
 */
public final class ServiceProxy implements AwsService, AutoCloseable {
    private static final String RESTRICTED_HEADERS = "jdk.httpclient.allowRestrictedHeaders";

    /** Longer than the longest poll for messages, 20 s. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final int BAD_REQUEST = 400;
    private static final int BAD_GATEWAY = 502;

    /** About one connection only (RFC 9110 §7.6.1), or written by the client from the body itself. */
    private static final Set<String> NOT_FORWARDED = Set.of(
            "connection", "content-length", "expect", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade");

    static {
        // Read once, when the first HttpClient is made; a signature covers the Host header, so it must be kept.
        if (System.getProperty(RESTRICTED_HEADERS) == null) {
            System.setProperty(RESTRICTED_HEADERS, "host");
        }
    }

    private final String signingName;
    private final String target;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /**
     * Hands on to a server.
     *
     * @param signingName under which clients sign
     * @param target the server's address with the path that every request's path is put behind, without a last slash
     */
    public ServiceProxy(String signingName, URI target) {
        this.signingName = signingName;
        this.target = target.toString();
    }

    @Override
    public String signingName() {
        return signingName;
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
        try {
            HttpRequest forwarded = forwarded(request);
            return answer(request, client.send(forwarded, HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IllegalArgumentException malformed) {
            return QueryProtocol.failure(BAD_REQUEST, "InvalidURI", "Couldn't parse the specified URI.");
        } catch (IOException failure) {
            return QueryProtocol.failure(BAD_GATEWAY, "ServiceUnavailable", signingName + " failed: " + failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return QueryProtocol.failure(BAD_GATEWAY, "ServiceUnavailable", signingName + " was interrupted");
        }
    }

    private HttpRequest forwarded(AwsRequest request) {
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(target + request.path() + query))
                .timeout(TIMEOUT)
                .method(
                        request.method(),
                        request.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach((name, value) -> {
            if (!NOT_FORWARDED.contains(name)) {
                builder.header(name, value);
            }
        });
        return builder.build();
    }

    /** An answer to HEAD has no body, so only its Content-Length says how long the object is. */
    private static AwsResponse answer(AwsRequest request, HttpResponse<byte[]> response) {
        boolean head = request.method().equals("HEAD");
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers().map().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean length = head && lower.equals("content-length");
            if (length || (!NOT_FORWARDED.contains(lower) && !lower.equals("date"))) {
                headers.put(name, values.getFirst());
            }
        });
        return new AwsResponse(response.statusCode(), headers, response.body());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}

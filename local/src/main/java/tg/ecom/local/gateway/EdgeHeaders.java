package tg.ecom.local.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What CloudFront and API Gateway make of a request's headers: the secret of the origin, the chain of addresses, a
 * trace id; those of one connection left out, repeated ones joined by commas.
 */
final class EdgeHeaders {
    /** The header by which functions know that a request came through the one address. */
    static final String ORIGIN = "x-ecom-origin";

    /** The address of a CloudFront edge, of the block that AWS reserves for them. */
    static final String EDGE_ADDRESS = "130.176.0.1";

    private static final Set<String> LEFT_OUT = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            // The cookies are a list of their own in the payload.
            "cookie",
            // AllViewerExceptHostHeader: the origin sees its own name.
            "host",
            ORIGIN);

    private final Supplier<String> originSecretLookup;
    private volatile Optional<String> originSecret = Optional.empty();

    EdgeHeaders(Supplier<String> originSecretLookup) {
        this.originSecretLookup = originSecretLookup;
    }

    /** The headers as the function's event has them. */
    Map<String, String> of(HttpRequest request, String domainName) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach((name, values) -> {
            if (!LEFT_OUT.contains(name)) {
                headers.put(name, String.join(",", values));
            }
        });
        headers.put("host", domainName);
        headers.put(ORIGIN, originSecret());
        headers.put("x-forwarded-for", forwardedFor(request));
        headers.put("x-forwarded-proto", request.scheme());
        headers.put("x-forwarded-port", Integer.toString(request.port()));
        headers.merge("via", "2.0 local.cloudfront.net (CloudFront)", (before, own) -> before + ", " + own);
        headers.put("x-amz-cf-id", UUID.randomUUID().toString());
        headers.put("x-amzn-trace-id", traceId());
        return headers;
    }

    /** Looked up at the first request: CloudFront goes by what it was deployed with, too. */
    private String originSecret() {
        if (originSecret.isEmpty()) {
            originSecret = Optional.of(originSecretLookup.get());
        }
        return originSecret.orElseThrow();
    }

    /** CloudFront adds the caller, API Gateway the edge: the caller is the second-last whatever a client sends. */
    private static String forwardedFor(HttpRequest request) {
        String chain = request.remoteAddress() + ", " + EDGE_ADDRESS;
        List<String> sent = request.headers().getOrDefault("x-forwarded-for", List.of());
        return sent.isEmpty() ? chain : String.join(", ", sent) + ", " + chain;
    }

    private static String traceId() {
        String random = UUID.randomUUID().toString().replace("-", "").substring(0, 24);
        return "Root=1-%08x-%s".formatted(System.currentTimeMillis() / 1000, random);
    }
}

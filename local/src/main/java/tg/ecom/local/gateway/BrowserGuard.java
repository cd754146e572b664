package tg.ecom.local.gateway;

import java.util.Optional;
import java.util.Set;

/**
 * Keeps web pages of others out of local's tools and of AWS's endpoints, which ask for no password: a page may not
 * reach them from a developer's browser, neither from its own origin nor under a name of its own that leads to
 * 127.0.0.1 (DNS rebinding).
 */
final class BrowserGuard {
    private static final int FORBIDDEN = 403;
    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost");

    /** Where browsers say that a request comes from when it is a page of this address, or the person at it. */
    private static final Set<String> SITES = Set.of("", "same-origin", "none");

    private BrowserGuard() {}

    /** The answer to a request that a page of others may have sent. */
    static Optional<HttpAnswer> refusal(HttpRequest request) {
        return refusedUnless(isByOurName(request) && isOfOurOrigin(request));
    }

    /**
     * The answer to a request for a tool that a page of others may have sent, also where browsers tell no origin: an
     * image or a script of a page elsewhere, and of another port. AWS's endpoints take those, as S3 does: a page that
     * is developed shows pictures from there.
     */
    static Optional<HttpAnswer> refusalOfTool(HttpRequest request) {
        return refusedUnless(
                isByOurName(request) && isOfOurOrigin(request) && SITES.contains(request.header("sec-fetch-site")));
    }

    /** The answer to a request under a name that is not ours, whoever sent it: a link to a page of ours is welcome. */
    static Optional<HttpAnswer> refusalOfName(HttpRequest request) {
        return refusedUnless(isByOurName(request));
    }

    private static Optional<HttpAnswer> refusedUnless(boolean allowed) {
        return allowed ? Optional.empty() : Optional.of(HttpAnswer.message(FORBIDDEN, "Forbidden"));
    }

    private static boolean isByOurName(HttpRequest request) {
        return isOurs(request.header("host"), request.port());
    }

    private static boolean isOfOurOrigin(HttpRequest request) {
        String origin = request.header("origin");
        return origin.isEmpty() || isOurs(origin.replaceFirst("^http://", ""), request.port());
    }

    private static boolean isOurs(String authority, int port) {
        return NAMES.stream().anyMatch(name -> authority.equals(name + ":" + port));
    }
}

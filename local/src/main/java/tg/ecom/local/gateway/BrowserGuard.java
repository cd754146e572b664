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

    private BrowserGuard() {}

    /** The answer to a request that a page of others may have sent. */
    static Optional<HttpAnswer> refusal(HttpRequest request) {
        boolean ours = isOurs(request.header("host"), request.port())
                && (request.header("origin").isEmpty()
                        || isOurs(request.header("origin").replaceFirst("^http://", ""), request.port()));
        return ours ? Optional.empty() : Optional.of(HttpAnswer.message(FORBIDDEN, "Forbidden"));
    }

    private static boolean isOurs(String authority, int port) {
        return NAMES.stream().anyMatch(name -> authority.equals(name + ":" + port));
    }
}

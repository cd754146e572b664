package tg.ecom.local.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /}: the console, a page and the files below {@code /console} that it consists of. They are the same for
 * everybody; what the page shows it asks of the tools below {@code /_local}.
 */
final class Console {
    private static final String PREFIX = "/console/";
    private static final String PAGE = "index.html";
    private static final String FOLDER = "/tg/ecom/local/console/";
    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml");

    /**
     * Nothing but these files is loaded, nothing is framed, and no text can become markup, since the page makes no
     * Trusted Types.
     */
    private static final String POLICY = "default-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static final List<Map.Entry<String, String>> HEADERS = List.of(
            Map.entry("content-security-policy", POLICY),
            Map.entry("x-content-type-options", "nosniff"),
            Map.entry("referrer-policy", "no-referrer"),
            Map.entry("cross-origin-resource-policy", "same-origin"),
            Map.entry("cross-origin-opener-policy", "same-origin"),
            // The next build's files have the same names.
            Map.entry("cache-control", "no-cache"));

    private Console() {}

    /** Whether that is a request for the page or one of its files. */
    static boolean takes(HttpRequest request) {
        return (request.method().equals("GET") || request.method().equals("HEAD"))
                && (request.path().equals("/") || request.path().startsWith(PREFIX));
    }

    /** The page, or the file of that name. */
    static HttpAnswer answer(String path) {
        String name = path.equals("/") ? PAGE : path.substring(PREFIX.length());
        Optional<String> type = Optional.ofNullable(CONTENT_TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
        return type.filter(known -> name.matches("[a-z0-9-]+\\.[a-z]+"))
                .flatMap(known -> content(name).map(body -> HttpAnswer.of(200, known, body)))
                .orElseGet(() -> HttpAnswer.message(404, "Not Found"))
                .with(HEADERS);
    }

    private static Optional<byte[]> content(String name) {
        try (InputStream file = Console.class.getResourceAsStream(FOLDER + name)) {
            return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

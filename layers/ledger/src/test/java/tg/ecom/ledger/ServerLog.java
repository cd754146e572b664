package tg.ecom.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a PostgreSQL server that logs all statements ran for the domains' roles, those within functions too, and which
 * of it would keep a client of RDS Proxy on one connection (its documentation, "Avoiding pinning an RDS Proxy").
 */
final class ServerLog {
    /** The server's settings under which it writes what is read here. */
    static final Map<String, String> SETTINGS = Map.of(
            "log_statement", "all",
            "log_line_prefix", "%u=",
            "shared_preload_libraries", "auto_explain",
            "auto_explain.log_min_duration", "0",
            "auto_explain.log_nested_statements", "on",
            "auto_explain.log_parameter_max_length", "0");

    private static final Pattern ENTRY = Pattern.compile("(?m)^(?=\\w*=[A-Z]+: )");
    private static final Pattern OF_A_DOMAIN = Pattern.compile("ecom_\\w+=LOG: +(?:statement|execute|duration).*");

    private static final Pattern PINNING = Pattern.compile(
            // A statement by a name, or a portal, which makes the driver name its statement.
            "\\A\\w+=LOG: +execute (?!<unnamed>: )"
                    + "|(?:\\A\\w+=LOG: +(?:statement|execute [^:]+): |;|Query Text: )\\s*"
                    + "(?:set|reset|discard|prepare|execute|declare|listen|notify)\\b"
                    + "|\\bset_config\\s*\\("
                    + "|\\btemp(?:orary)?\\s+(?:table|view|sequence)\\b"
                    + "|\\bpg_(?:try_)?advisory_lock(?:_shared)?\\b"
                    + "|\\b(?:nextval|setval|currval|lastval)\\s*\\(",
            Pattern.CASE_INSENSITIVE);

    private final Path file;

    ServerLog(Path file) {
        this.file = file;
    }

    /** How long it is now. Backends write before they answer, so what a client has waited for is in it. */
    long length() {
        try {
            return Files.size(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The domains' statements from there on. */
    List<String> statements(long from) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String text = new String(bytes, (int) from, bytes.length - (int) from, StandardCharsets.UTF_8);
            return Stream.of(ENTRY.split(text))
                    .filter(entry -> OF_A_DOMAIN
                            .matcher(entry.lines().findFirst().orElse(""))
                            .matches())
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Those of them that pin. */
    List<String> pinning(long from) {
        return statements(from).stream()
                .filter(statement -> PINNING.matcher(statement).find())
                .toList();
    }
}

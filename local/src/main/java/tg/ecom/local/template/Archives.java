package tg.ecom.local.template;

import java.nio.file.Files;
import java.nio.file.Path;

/** The zips that templates name. */
final class Archives {
    private Archives() {}

    /**
     * The zip at that place beside the template; unresolvable when it is not there, since SAM itself wouldn't say so.
     */
    static Path zip(Path template, String property, String uri) {
        Path zip = template.resolveSibling(uri).normalize();
        if (!uri.endsWith(".zip")) {
            throw new UnresolvableException(property + " " + uri + " is not a zip");
        }
        if (!Files.isRegularFile(zip)) {
            throw new UnresolvableException(property + " " + uri + " does not exist");
        }
        return zip;
    }
}

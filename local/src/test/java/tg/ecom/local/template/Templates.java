package tg.ecom.local.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Templates written to a directory by tests. */
final class Templates {
    private final Path directory;

    Templates(Path directory) {
        this.directory = directory;
    }

    Templates with(String file, String content) {
        try {
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stack read(Map<String, String> parameters, ResourceValues values) {
        return new TemplateReader(directory.resolve("template.yaml"), "ecom", parameters, values).read();
    }

    Stack read() {
        return read(Map.of(), reference -> Optional.empty());
    }
}

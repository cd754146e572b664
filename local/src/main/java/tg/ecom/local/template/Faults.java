package tg.ecom.local.template;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong in all templates, so that one start tells everything. */
final class Faults {
    private final Path directory;
    private final Set<String> sentences = new LinkedHashSet<>();

    /** Files are named relative to that directory. */
    Faults(Path directory) {
        this.directory = directory;
    }

    void add(Path file, String resource, String reason) {
        String place = resource.isEmpty() ? "" : ", " + resource;
        sentences.add(relative(file) + place + ": " + reason);
    }

    boolean any() {
        return !sentences.isEmpty();
    }

    void throwIfAny() {
        if (any()) {
            throw new TemplateFailure(List.copyOf(sentences));
        }
    }

    private Path relative(Path file) {
        return file.startsWith(directory) ? directory.relativize(file) : file;
    }
}

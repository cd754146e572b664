package tg.ecom.tests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tg.ecom.local.Project;

/** A project folder of a test's own: copies of the launcher and the templates, and links to what the build made. */
final class Tree {
    private static final List<String> COPIED =
            List.of("ecom", "template.yaml", "openapi.yaml", "infrastructure", "events", "statemachines");

    private final Path root;

    private Tree(Path root) {
        this.root = root;
    }

    /** With everything built, so that the launcher starts at once. */
    static Tree built(Path root) {
        Tree tree = new Tree(root);
        tree.copy();
        try {
            Path target = Files.createDirectories(root.resolve("local/target"));
            for (String made : List.of("local-1.0.jar", "dynamodb-local.jar", "classpath")) {
                Files.createSymbolicLink(target.resolve(made), Project.root().resolve("local/target/" + made));
            }
            Files.createFile(target.resolve("built"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return tree;
    }

    /** As it comes from git: the launcher would have to build it. */
    static Tree unbuilt(Path root) {
        Tree tree = new Tree(root);
        tree.copy();
        return tree;
    }

    Path root() {
        return root;
    }

    /** Starts a command of the launcher, with these variables beside those of this process. */
    Program start(Map<String, String> environment, String... arguments) {
        return Program.start(root, environment, arguments);
    }

    /** Replaces text in a file of it. */
    void replace(String file, String text, String by) {
        try {
            String before = Files.readString(root.resolve(file));
            if (!before.contains(text)) {
                throw new AssertionError(file + " has no " + text);
            }
            Files.writeString(root.resolve(file), before.replace(text, by));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Writes a file of it. */
    void write(String file, String text) {
        try {
            Files.writeString(root.resolve(file), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void copy() {
        try {
            for (String name : COPIED.stream()
                    .filter(each -> Files.exists(Project.root().resolve(each)))
                    .toList()) {
                copy(Project.root().resolve(name), root.resolve(name));
            }
            try (Stream<Path> domains = Files.list(Project.root().resolve("functions"))) {
                for (Path domain : domains.filter(Files::isDirectory).toList()) {
                    copyDomain(domain);
                }
            }
            for (String module : List.of("layers/kernel", "layers/platform", "layers/ledger", "database", "demo")) {
                linkTarget(module);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void copyDomain(Path domain) throws IOException {
        String name = "functions/" + domain.getFileName();
        if (Files.exists(domain.resolve("template.yaml"))) {
            copy(domain.resolve("template.yaml"), root.resolve(name + "/template.yaml"));
            linkTarget(name);
        }
    }

    private void linkTarget(String module) throws IOException {
        Files.createDirectories(root.resolve(module));
        Files.createSymbolicLink(
                root.resolve(module + "/target"), Project.root().resolve(module + "/target"));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}

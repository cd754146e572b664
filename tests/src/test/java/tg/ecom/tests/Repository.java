package tg.ecom.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tg.ecom.local.template.Stack;
import tg.ecom.local.template.TemplateReader;

/** The folder that all of this lies in. */
final class Repository {
    /** Its top, told by the build. */
    static final Path ROOT = Path.of(System.getProperty("ecom.root"));

    private Repository() {}

    /** The domains: each folder below functions/ is one. */
    static List<String> domains() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT.resolve("functions"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** Every Java file that is no test. */
    static List<Path> productionSources() throws IOException {
        Path production = Path.of("src", "main", "java");
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> ROOT.relativize(file).toString().contains(production.toString()))
                    .toList();
        }
    }

    /** What the templates describe, as it stands on this machine. */
    static Stack stack() {
        return new TemplateReader(
                        ROOT.resolve("template.yaml"),
                        "ecom",
                        Map.of("Stage", "local", "PublicBaseUrl", "http://127.0.0.1", "DatabaseSslMode", "disable"),
                        reference -> Optional.empty())
                .read();
    }
}

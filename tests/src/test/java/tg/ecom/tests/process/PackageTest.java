package tg.ecom.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tg.ecom.local.template.FunctionDefinition;
import tg.ecom.local.template.Stack;
import tg.ecom.local.template.TemplateReader;

/** {@code ./ecom package} writes one template for {@code sam local} in which everything can be found. */
class PackageTest {
    private static final String FUNCTION = "AWS::Serverless::Function";

    @TempDir
    Path directory;

    @Test
    void flatTemplate_hasEveryFunctionAndNamesOnlyWhatIsThere() throws IOException {
        Tree tree = Tree.built(directory.resolve("project"));
        try (Program program = tree.start(Map.of(), "package")) {
            assertEquals(0, program.exitCode(), program::errors);
        }
        Path flat = tree.root().resolve("target/sam-local.yaml");
        Set<String> handlers = new TreeSet<>();
        for (Map<?, ?> resource : resources(flat)) {
            Map<?, ?> properties = (Map<?, ?>) resource.get("Properties");
            boolean function = resource.get("Type").equals(FUNCTION);
            String file = (String) properties.get(function ? "CodeUri" : "ContentUri");
            assertTrue(Files.isRegularFile(flat.resolveSibling(file).normalize()), file);
            if (function) {
                handlers.add((String) properties.get("Handler"));
            }
        }
        assertEquals(handlers(tree.root()), handlers);
    }

    private static Iterable<Map<?, ?>> resources(Path flat) throws IOException {
        try (Reader reader = Files.newBufferedReader(flat)) {
            Map<String, Map<String, Map<?, ?>>> template = new Yaml().load(reader);
            Map<String, Map<?, ?>> resources = template.get("Resources");
            assertFalse(resources.isEmpty());
            return resources.values();
        }
    }

    private static Set<String> handlers(Path root) {
        Map<String, String> parameters =
                Map.of("Stage", "local", "PublicBaseUrl", "http://127.0.0.1:3000", "DatabaseSslMode", "disable");
        Stack stack =
                new TemplateReader(root.resolve("template.yaml"), "ecom", parameters, value -> Optional.empty()).read();
        Set<String> handlers = new TreeSet<>();
        stack.all(Stack::functions).stream().map(FunctionDefinition::handler).forEach(handlers::add);
        return handlers;
    }
}

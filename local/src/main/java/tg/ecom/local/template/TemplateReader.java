package tg.ecom.local.template;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the root template and those nested in it into what local has to run. */
public final class TemplateReader {
    private static final int DEPTH_MAX = 10;

    private final Path root;
    private final String stackName;
    private final Map<String, String> parameters;
    private final ResourceValues values;
    private final Faults faults;

    /**
     * Prepares reading.
     *
     * @param root the root template
     * @param stackName the root stack's name, the beginning of every generated name
     * @param parameters what local says of the root template's parameters; the rest keep their defaults
     * @param values what the running cloud knows of resources
     */
    public TemplateReader(Path root, String stackName, Map<String, String> parameters, ResourceValues values) {
        this.root = root.toAbsolutePath().normalize();
        this.stackName = stackName;
        this.parameters = Map.copyOf(parameters);
        this.values = values;
        this.faults = new Faults(this.root.getParent());
    }

    /** Reads everything; throws {@link TemplateFailure} with every error found. */
    public Stack read() {
        Map<String, Supplier<Object>> given = new HashMap<>();
        parameters.forEach((name, value) -> given.put(name, () -> value));
        Scope scope = load(Optional.empty(), "", stackName, root, given);
        faults.throwIfAny();
        Map<String, Path> layers = new LinkedHashMap<>();
        scope.tree().forEach(each -> new LayerReader(each, faults).read(layers));
        Stack stack = read("", scope, layers);
        new StackRules(stack, scope, faults).check();
        faults.throwIfAny();
        return stack;
    }

    private Stack read(String logicalPath, Scope scope, Map<String, Path> layers) {
        List<Stack> nested = scope.nested().entrySet().stream()
                .map(entry -> read(scope.pathOf(entry.getKey()), entry.getValue(), layers))
                .toList();
        return new StackReader(scope, layers, faults).read(logicalPath, nested);
    }

    private Scope load(
            Optional<Scope> parent, String logicalPath, String name, Path file, Map<String, Supplier<Object>> given) {
        Map<?, ?> template = Map.of();
        try {
            template = TemplateYaml.read(file);
        } catch (UnresolvableException e) {
            faults.add(file, "", e.getMessage());
        }
        Scope scope = new Scope(parent, logicalPath, name, file, template, given, values);
        for (Map.Entry<?, ?> entry : scope.resources().entrySet()) {
            if (entry.getValue() instanceof Map<?, ?> definition) {
                nest(scope, entry.getKey().toString(), definition);
            }
        }
        return scope;
    }

    private void nest(Scope scope, String logicalId, Map<?, ?> definition) {
        String property = NestedStacks.locationProperty(String.valueOf(definition.get("Type")));
        if (property.isEmpty()) {
            return;
        }
        try {
            if (!scope.included(definition)) {
                return;
            }
            Map<?, ?> properties = definition.get("Properties") instanceof Map<?, ?> map ? map : Map.of();
            Path file = location(scope, property, properties.get(property));
            Scope nested = load(
                    Optional.of(scope),
                    scope.pathOf(logicalId),
                    scope.stackName() + "-" + logicalId,
                    file,
                    NestedStacks.parameters(scope, properties.get("Parameters")));
            scope.nested().put(logicalId, nested);
        } catch (UnresolvableException e) {
            faults.add(scope.file(), logicalId, e.getMessage());
        }
    }

    private static Path location(Scope scope, String property, Object location) {
        if (!(location instanceof String relative)) {
            throw new UnresolvableException(property + " is not the path of a template");
        }
        Path file = scope.file().resolveSibling(relative).normalize();
        if (!Files.isRegularFile(file)) {
            throw new UnresolvableException("there is no template " + relative);
        }
        if (scope.pathOf("").chars().filter(c -> c == '/').count() > DEPTH_MAX) {
            throw new UnresolvableException("stacks are nested deeper than " + DEPTH_MAX);
        }
        return file;
    }
}

package tg.ecom.local.template;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One stack while its template is read: what its names mean. Everything is evaluated when first asked for, since a
 * nested stack's parameters may be another's outputs; each value once, and a circle is an error.
 */
final class Scope {
    private static final Map<String, Object> PSEUDO_PARAMETERS = Map.of(
            "AWS::Region",
            ResourceNames.REGION,
            "AWS::AccountId",
            ResourceNames.ACCOUNT,
            "AWS::Partition",
            "aws",
            "AWS::URLSuffix",
            "amazonaws.com",
            "AWS::NoValue",
            Intrinsics.NO_VALUE,
            "AWS::NotificationARNs",
            List.of());

    private final Optional<Scope> parent;
    private final String logicalPath;
    private final String stackName;
    private final Path file;
    private final Map<?, ?> template;
    private final Map<String, Supplier<Object>> given;
    private final ResourceValues values;
    private final Map<String, Scope> nested = new LinkedHashMap<>();
    private final Map<String, Object> known = new HashMap<>();
    private final Set<String> underway = new HashSet<>();
    private final Intrinsics intrinsics = new Intrinsics(this);

    /** A stack below another (or at the top, with an empty path) whose parameters were given so. */
    Scope(
            Optional<Scope> parent,
            String logicalPath,
            String stackName,
            Path file,
            Map<?, ?> template,
            Map<String, Supplier<Object>> given,
            ResourceValues values) {
        this.parent = parent;
        this.logicalPath = logicalPath;
        this.stackName = stackName;
        this.file = file;
        this.template = template;
        this.given = given;
        this.values = values;
    }

    Path file() {
        return file;
    }

    String stackName() {
        return stackName;
    }

    ResourceValues values() {
        return values;
    }

    Map<String, Supplier<Object>> given() {
        return given;
    }

    Map<String, Scope> nested() {
        return nested;
    }

    Object evaluate(Object node) {
        return intrinsics.evaluate(node);
    }

    /** A section of the template by name; empty when it is absent. */
    Map<?, ?> section(String name) {
        return template.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** The logical ids that are in the template, whether their conditions hold or not. */
    Map<?, ?> resources() {
        return section("Resources");
    }

    String pathOf(String logicalId) {
        return logicalPath.isEmpty() ? logicalId : logicalPath + "/" + logicalId;
    }

    /** The condition on a resource or output, true without one. */
    boolean included(Map<?, ?> definition) {
        return !(definition.get("Condition") instanceof String name) || condition(name);
    }

    boolean condition(String name) {
        Object expression = section("Conditions").get(name);
        if (expression == null) {
            throw new UnresolvableException("there is no condition " + name);
        }
        return (boolean) once("condition " + name, () -> intrinsics.truth(expression));
    }

    /** What {@code Ref} of that name gives: a pseudo-parameter, a parameter or a resource. */
    Object reference(String name) {
        if (name.equals("AWS::StackName")) {
            return stackName;
        }
        if (name.equals("AWS::StackId")) {
            return ResourceNames.arn("cloudformation", "stack/" + stackName + "/1");
        }
        if (PSEUDO_PARAMETERS.containsKey(name)) {
            return PSEUDO_PARAMETERS.get(name);
        }
        if (section("Parameters").containsKey(name)) {
            return parameter(name);
        }
        return attribute(name, ResourceReference.REF);
    }

    Object parameter(String name) {
        return once(
                "parameter " + name,
                () -> new Parameter(name, section("Parameters").get(name))
                        .value(Optional.ofNullable(given.get(name)).map(Supplier::get)));
    }

    /** An attribute of a resource; of a nested stack, {@code Outputs.NAME}. */
    Object attribute(String logicalId, String attribute) {
        if (nested.containsKey(logicalId) && attribute.startsWith("Outputs.")) {
            return nested.get(logicalId).output(attribute.substring("Outputs.".length()));
        }
        GeneratedResource resource = GeneratedResource.find(this, logicalId, attribute)
                .orElseThrow(() -> new UnresolvableException("there is no parameter or resource " + logicalId));
        ResourceReference reference = new ResourceReference(
                resource.type(), pathOf(resource.logicalId()), nameOf(resource), resource.attribute());
        return values.value(reference).orElseGet(() -> ResourceNames.value(reference));
    }

    Object output(String name) {
        if (!(section("Outputs").get(name) instanceof Map<?, ?> output) || !included(output)) {
            throw new UnresolvableException("the nested stack " + logicalPath + " has no output " + name);
        }
        return once("output " + name, () -> evaluate(output.get("Value")));
    }

    /** The value that any stack of the tree exports under that name. */
    Object imported(String export) {
        Scope root = this;
        while (root.parent.isPresent()) {
            root = root.parent.get();
        }
        return root.tree()
                .flatMap(scope -> scope.exported(export).stream())
                .findFirst()
                .orElseThrow(() -> new UnresolvableException("no stack exports " + export));
    }

    /** This stack and all below it. */
    Stream<Scope> tree() {
        return Stream.concat(Stream.of(this), nested.values().stream().flatMap(Scope::tree));
    }

    /** The physical name: the property that names resources of its type, otherwise stack and logical id. */
    String nameOf(GeneratedResource resource) {
        Map<?, ?> properties = resource.properties();
        Function<String, Object> named =
                property -> once("name of " + resource.logicalId(), () -> evaluate(properties.get(property)));
        return ResourceNames.nameProperty(resource.type())
                .filter(properties::containsKey)
                .map(named)
                .filter(name -> !name.equals(Intrinsics.NO_VALUE))
                .map(Object::toString)
                .orElse(stackName + "-" + resource.logicalId());
    }

    private Optional<Object> exported(String export) {
        for (Map.Entry<?, ?> entry : section("Outputs").entrySet()) {
            if (entry.getValue() instanceof Map<?, ?> output
                    && output.get("Export") instanceof Map<?, ?> exportDefinition
                    && included(output)
                    && export.equals(evaluate(exportDefinition.get("Name")))) {
                return Optional.of(output(entry.getKey().toString()));
            }
        }
        return Optional.empty();
    }

    private Object once(String key, Supplier<Object> evaluation) {
        Object value = known.get(key);
        if (value != null) {
            return value;
        }
        if (!underway.add(key)) {
            throw new UnresolvableException("the " + key + " depends on itself");
        }
        try {
            Object evaluated = evaluation.get();
            known.put(key, evaluated);
            return evaluated;
        } finally {
            underway.remove(key);
        }
    }
}

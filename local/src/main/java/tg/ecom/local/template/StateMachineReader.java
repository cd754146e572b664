package tg.ecom.local.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an AWS::Serverless::StateMachine whose definition is a file. */
final class StateMachineReader {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");
    private static final String TYPE = "STANDARD";

    private final Scope scope;

    StateMachineReader(Scope scope) {
        this.scope = scope;
    }

    StateMachineDefinition read(String logicalId, Properties properties) {
        if (!properties.text("Type", TYPE).equals(TYPE)) {
            throw new UnresolvableException("local runs state machines of the Type STANDARD only");
        }
        if (properties.has("Events")) {
            throw new UnresolvableException("local does not run Events of state machines: a function starts them");
        }
        if (properties.has("Definition")) {
            throw new UnresolvableException("its definition is a file of its own, which DefinitionUri names");
        }
        String uri = properties.text("DefinitionUri");
        Path file = scope.file().resolveSibling(uri).normalize();
        return new StateMachineDefinition(
                scope.pathOf(logicalId),
                scope.attribute(logicalId, "Name").toString(),
                file,
                substituted(uri, text(uri, file), properties.inner("DefinitionSubstitutions")),
                role(logicalId, properties));
    }

    /** Without a role SAM makes one. */
    private String role(String logicalId, Properties properties) {
        return properties
                .optional("Role")
                .orElseGet(() -> scope.attribute(logicalId + "Role", "Arn").toString());
    }

    private static String text(String uri, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UnresolvableException("DefinitionUri " + uri + " does not exist");
        }
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UnresolvableException("DefinitionUri " + uri + " can't be read: " + unreadable.getMessage());
        }
    }

    /** The text with each {@code ${name}} replaced; CloudFormation would leave one that is not given as it stands. */
    private static String substituted(String uri, String text, Properties substitutions) {
        Set<String> unused = new TreeSet<>();
        substitutions.values().keySet().forEach(name -> unused.add(name.toString()));
        Set<String> missing = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder substituted = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            unused.remove(name);
            if (!substitutions.has(name)) {
                missing.add(name);
            } else {
                matcher.appendReplacement(substituted, Matcher.quoteReplacement(substitutions.text(name)));
            }
        }
        if (!missing.isEmpty()) {
            throw new UnresolvableException(
                    "DefinitionSubstitutions lacks " + String.join(", ", missing) + ", which " + uri + " asks for");
        }
        if (!unused.isEmpty()) {
            throw new UnresolvableException(
                    "DefinitionSubstitutions gives " + String.join(", ", unused) + ", which " + uri + " does not use");
        }
        return matcher.appendTail(substituted).toString();
    }
}

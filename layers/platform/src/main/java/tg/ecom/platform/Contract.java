package tg.ecom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** openapi.yaml, read once a process: its operations by operationId. */
public final class Contract {
    private static final String BASE = "https://ecom.tg/openapi.yaml";

    private final JsonNode document;
    private final SchemaRegistry registry;
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    private Contract(JsonNode document) {
        this.document = document;
        this.registry = SchemaRegistry.withDefaultDialect(
                Dialects.getOpenApi31(),
                builder -> builder.schemas(Map.of(BASE, document.toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    Operation operation = new Operation(this, path.getKey(), method.getKey(), method.getValue());
                    operations.put(operation.id(), operation);
                }));
    }

    /** The contract that this layer carries. */
    public static Contract get() {
        return Holder.CONTRACT;
    }

    /** Every operation by its operationId. */
    public Map<String, Operation> operations() {
        return Map.copyOf(operations);
    }

    /** The operation with that operationId. @throws IllegalStateException when openapi.yaml has none */
    public Operation operation(String id) {
        return Optional.ofNullable(operations.get(id))
                .orElseThrow(() -> new IllegalStateException("openapi.yaml has no operation " + id));
    }

    /** The schema at a JSON pointer into the document. */
    Schema schemaAt(String pointer) {
        return registry.getSchema(SchemaLocation.of(BASE + "#" + pointer));
    }

    /** A schema made here, whose references point into the document. */
    Schema schemaOf(String name, ObjectNode schema) {
        absolute(schema);
        return registry.getSchema(SchemaLocation.of(BASE + "/" + name), schema);
    }

    /** The node itself, or what its local $ref points to. */
    JsonNode resolved(JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference == null
                ? node
                : resolved(document.at(reference.textValue().substring(1)));
    }

    private static void absolute(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("$ref").isTextual()
                && object.get("$ref").textValue().startsWith("#")) {
            object.put("$ref", BASE + object.get("$ref").textValue());
        }
        for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
            absolute(children.next());
        }
    }

    private static final class Holder {
        private static final Contract CONTRACT = load();

        private static Contract load() {
            try (InputStream in = Contract.class.getResourceAsStream("/openapi.yaml")) {
                return new Contract(new YAMLMapper().readTree(in));
            } catch (IOException broken) {
                throw new UncheckedIOException("openapi.yaml can't be read", broken);
            }
        }
    }
}

package tg.ecom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Text;

/** One operation of the contract: its route, what it takes and what it answers. */
public final class Operation {
    private static final String JSON = "application/json";
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

    private static final Text UNKNOWN = new Text("paramètre inconnu", "unknown parameter");

    private final Contract contract;
    private final String id;
    private final String path;
    private final String method;
    private final JsonNode definition;
    private final int successStatus;
    private final Map<String, Parameter> parameters = new TreeMap<>();
    private final Schema parameterSchema;
    private final Optional<Schema> bodySchema;

    Operation(Contract contract, String path, String method, JsonNode definition) {
        this.contract = contract;
        this.id = definition.path("operationId").asText();
        this.path = path;
        this.method = method.toUpperCase(Locale.ROOT);
        this.definition = definition;
        this.successStatus = successStatusOf(definition);
        for (JsonNode parameter : definition.path("parameters")) {
            Parameter read = Parameter.of(contract, parameter);
            parameters.put(read.key(), read);
        }
        this.parameterSchema = contract.schemaOf("parameters/" + id, parameterObject());
        this.bodySchema = definition.has("requestBody")
                ? Optional.of(contract.schemaAt(pointer() + "/requestBody/content/application~1json/schema"))
                : Optional.empty();
    }

    /** The operationId: the class's simple name with a small first letter. */
    public String id() {
        return id;
    }

    /** The path as templates write it, such as {@code /api/wallet/transactions/{id}}. */
    public String path() {
        return path;
    }

    /** The HTTP method in capitals. */
    public String method() {
        return method;
    }

    /** The one 2xx status that it answers with. */
    public int successStatus() {
        return successStatus;
    }

    /** Whether a token is needed. */
    public boolean isSignedIn() {
        JsonNode security = definition.get("security");
        return security == null || !security.isEmpty();
    }

    /** Whether an Idempotency-Key is needed. */
    public boolean isIdempotent() {
        return parameters.containsKey(Parameter.key("header", "Idempotency-Key"));
    }

    /** Whether it takes a body. */
    public boolean takesBody() {
        return bodySchema.isPresent();
    }

    /** The example of the body, for rehearsals and tests. */
    public Optional<JsonNode> bodyExample() {
        return Optional.ofNullable(contract.resolved(bodyDefinition()).get("example"));
    }

    /** An example of each parameter that must be sent, from its schema. */
    Map<String, String> exampleParameters(String in) {
        Map<String, String> examples = new TreeMap<>();
        parameters.values().stream()
                .filter(parameter -> parameter.in().equals(in) && parameter.required())
                .forEach(parameter -> examples.put(
                        parameter.name(),
                        contract.resolved(parameter.schema())
                                .path("examples")
                                .path(0)
                                .asText()));
        return examples;
    }

    /** The schemas of the fields of a request: of the body, the path and the query, each by its name. */
    public Map<String, JsonNode> requestFields() {
        Map<String, JsonNode> fields = new TreeMap<>();
        parameters.values().stream()
                .filter(parameter -> !parameter.in().equals("header"))
                .forEach(parameter -> fields.put(parameter.name(), contract.resolved(parameter.schema())));
        contract.resolved(bodyDefinition())
                .path("properties")
                .properties()
                .forEach(field -> fields.put(field.getKey(), contract.resolved(field.getValue())));
        return fields;
    }

    /** The names of the fields that a request must have, or that the contract gives a default. */
    public List<String> requiredFields() {
        List<String> required = new ArrayList<>();
        parameters.values().stream()
                .filter(parameter -> !parameter.in().equals("header"))
                .filter(parameter -> parameter.required() || parameter.schema().has("default"))
                .forEach(parameter -> required.add(parameter.name()));
        contract.resolved(bodyDefinition()).path("required").forEach(name -> required.add(name.textValue()));
        return required;
    }

    /** The schema of the answer with that status, if it has a body. */
    public Optional<Schema> responseSchema(int status) {
        JsonNode responses = definition.path("responses");
        String key = responses.has(Integer.toString(status)) ? Integer.toString(status) : "default";
        JsonNode content = contract.resolved(responses.path(key)).path("content");
        for (Map.Entry<String, JsonNode> type : content.properties()) {
            ObjectNode schema = type.getValue().path("schema").deepCopy();
            return Optional.of(contract.schemaOf("responses/" + id + "/" + key, schema));
        }
        return Optional.empty();
    }

    /** The definition of the answer that says it is done, references resolved at the top. */
    public JsonNode successSchema() {
        return contract.resolved(definition
                .path("responses")
                .path(Integer.toString(successStatus))
                .path("content")
                .path(JSON)
                .path("schema"));
    }

    /** The node itself, or what its $ref points to. */
    public JsonNode resolved(JsonNode node) {
        return contract.resolved(node);
    }

    /**
     * The parameters of one request as typed JSON: those of path and query and the Idempotency-Key, defaults filled in.
     *
     * @param sent by {@link Parameter#key}: text as it came; what the operation does not take is left out
     */
    ObjectNode typed(Map<String, String> sent) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        sent.forEach((key, text) -> {
            Parameter parameter = parameters.get(key);
            if (parameter != null) {
                values.set(parameter.name(), typed(contract.resolved(parameter.schema()), text));
            }
        });
        parameters.values().stream()
                .filter(parameter ->
                        !values.has(parameter.name()) && parameter.schema().has("default"))
                .forEach(parameter ->
                        values.set(parameter.name(), parameter.schema().get("default")));
        return values;
    }

    /**
     * What is wrong with the parameters of one request. One that the operation takes elsewhere is as unknown as any: a
     * query parameter {@code id} is not the path's.
     */
    List<FieldError> parameterErrors(Map<String, String> sent, Language language) {
        List<FieldError> errors = new ArrayList<>(FieldErrors.of(parameterSchema, typed(sent), language));
        sent.keySet().stream()
                .filter(key -> !parameters.containsKey(key))
                .sorted()
                .map(key -> new FieldError(Parameter.name(key), "unknown_field", UNKNOWN.in(language)))
                .forEach(errors::add);
        return errors;
    }

    /** What is wrong with a body. */
    List<FieldError> bodyErrors(JsonNode body, Language language) {
        if (bodySchema.isEmpty()) {
            return List.of();
        }
        List<FieldError> errors = new ArrayList<>(FieldErrors.of(bodySchema.get(), body, language));
        WholeNumbers.errors(this, bodyDefinition(), body, language).stream()
                .filter(decimal ->
                        errors.stream().noneMatch(error -> error.field().equals(decimal.field())))
                .forEach(errors::add);
        return errors;
    }

    private JsonNode bodyDefinition() {
        return definition.at("/requestBody/content/application~1json/schema");
    }

    private String pointer() {
        return "/paths/" + path.replace("~", "~0").replace("/", "~1") + "/" + method.toLowerCase(Locale.ROOT);
    }

    private ObjectNode parameterObject() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        parameters
                .values()
                .forEach(parameter ->
                        properties.set(parameter.name(), parameter.schema().deepCopy()));
        parameters.values().stream()
                .filter(Parameter::required)
                .forEach(parameter -> schema.withArray("required").add(parameter.name()));
        return schema;
    }

    private static JsonNode typed(JsonNode schema, String text) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (schema.path("type").asText()) {
            case "integer" ->
                INTEGER.matcher(text).matches() ? json.numberNode(Long.parseLong(text)) : json.textNode(text);
            case "boolean" ->
                text.equals("true") || text.equals("false")
                        ? json.booleanNode(text.equals("true"))
                        : json.textNode(text);
            default -> json.textNode(text);
        };
    }

    private static int successStatusOf(JsonNode definition) {
        List<Integer> statuses = new ArrayList<>();
        definition.path("responses").fieldNames().forEachRemaining(status -> {
            if (status.startsWith("2")) {
                statuses.add(Integer.valueOf(status));
            }
        });
        if (statuses.size() != 1) {
            throw new IllegalStateException(definition.path("operationId").asText() + " needs exactly one 2xx answer");
        }
        return statuses.getFirst();
    }
}

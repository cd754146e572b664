package tg.ecom.states.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tg.ecom.states.expression.Query;
import tg.ecom.states.expression.QueryException;
import tg.ecom.states.expression.Template;

/** The fields of one object of a definition, read one by one; what is wrong with them is gathered. */
final class Fields {
    /** Fields of the language's other form, JSONPath. */
    private static final Set<String> OF_JSON_PATH = Set.of(
            "InputPath",
            "OutputPath",
            "Parameters",
            "ResultPath",
            "ResultSelector",
            "Result",
            "ItemsPath",
            "SecondsPath",
            "TimestampPath",
            "TimeoutSecondsPath",
            "HeartbeatSecondsPath",
            "MaxConcurrencyPath",
            "ErrorPath",
            "CausePath",
            "Variable");

    private final JsonNode object;
    private final String location;
    private final List<Diagnostic> diagnostics;
    private final Set<String> known = new HashSet<>();

    Fields(JsonNode object, String location, List<Diagnostic> diagnostics) {
        this.object = object;
        this.location = location;
        this.diagnostics = diagnostics;
        if (!object.isObject()) {
            wrong("It must be an object");
        }
    }

    String location() {
        return location;
    }

    List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    void wrong(String message) {
        diagnostics.add(new Diagnostic(Diagnostic.SCHEMA, message, location));
    }

    /** {@code field} may be a pointer from here: {@code Assign/x}. */
    void wrong(String field, String message) {
        diagnostics.add(new Diagnostic(Diagnostic.SCHEMA, message, location + "/" + field));
    }

    /** A field as it stands; empty without it. */
    Optional<JsonNode> any(String field) {
        known.add(field);
        return object.has(field) ? Optional.of(object.get(field)) : Optional.empty();
    }

    Optional<String> text(String field) {
        return any(field)
                .filter(value -> is(value.isTextual(), field, "a string"))
                .map(JsonNode::textValue);
    }

    String requiredText(String field) {
        return required(field, text(field)).orElse("");
    }

    /** A whole number within bounds, that no expression can stand for. */
    Optional<Long> whole(String field, long min, long max) {
        return any(field)
                .filter(value -> is(
                        value.isIntegralNumber()
                                && value.canConvertToLong()
                                && value.longValue() >= min
                                && value.longValue() <= max,
                        field,
                        "a whole number from " + min + " to " + max))
                .map(JsonNode::longValue);
    }

    Optional<JsonNode> number(String field, double min) {
        return any(field)
                .filter(value -> is(value.isNumber() && value.doubleValue() >= min, field, "a number from " + min));
    }

    boolean truth(String field) {
        return any(field)
                .filter(value -> is(value.isBoolean(), field, "true or false"))
                .map(JsonNode::booleanValue)
                .orElse(false);
    }

    /** A value with or without expressions. */
    Optional<Template> template(String field) {
        return template(field, value -> true, "");
    }

    /** A value that is right as it stands, or an expression in its place. */
    Optional<Template> template(String field, Predicate<JsonNode> right, String what) {
        return any(field)
                .filter(value -> (value.isTextual() && Query.isQuery(value.textValue()))
                        || is(right.test(value), field, what + ", or an expression between {% and %}"))
                .flatMap(value -> parsed(field, value));
    }

    /** Objects of an array; each with its own fields. */
    List<Fields> objects(String field) {
        List<Fields> objects = new ArrayList<>();
        any(field).filter(value -> is(value.isArray(), field, "an array")).ifPresent(array -> {
            for (int index = 0; index < array.size(); index++) {
                objects.add(new Fields(array.get(index), location + "/" + field + "/" + index, diagnostics));
            }
        });
        return objects;
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        any(field)
                .filter(value -> is(value.isArray(), field, "an array of strings"))
                .ifPresent(array -> {
                    for (JsonNode item : array) {
                        if (is(item.isTextual(), field, "an array of strings")) {
                            texts.add(item.textValue());
                        }
                    }
                });
        return texts;
    }

    /** An object within. */
    Optional<Fields> inner(String field) {
        return any(field).map(value -> new Fields(value, location + "/" + field, diagnostics));
    }

    <T> Optional<T> required(String field, Optional<T> value) {
        if (value.isEmpty() && !object.has(field)) {
            wrong("The field '" + field + "' is required");
        }
        return value;
    }

    /** Every field must have been read by now. */
    void end() {
        object.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                wrong(
                        Diagnostic.escaped(field),
                        OF_JSON_PATH.contains(field)
                                ? "The field '" + field + "' is JSONPath's and has no place in a JSONata state"
                                : "The field '" + field + "' is not supported here");
            }
        });
    }

    private boolean is(boolean right, String field, String what) {
        if (!right) {
            wrong(field, "The value of '" + field + "' must be " + what);
        }
        return right;
    }

    private Optional<Template> parsed(String field, JsonNode value) {
        try {
            return Optional.of(Template.of(value));
        } catch (QueryException notJsonata) {
            wrong(field, notJsonata.getMessage());
            return Optional.empty();
        }
    }
}

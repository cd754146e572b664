package tg.ecom.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tg.ecom.kernel.Cursor;
import tg.ecom.kernel.Id;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Phone;
import tg.ecom.platform.Json;

/**
 * Whether records are what openapi.yaml says. A request's record has to take all that the schema lets through; an
 * answer's may give nothing else.
 */
final class SchemaFit {
    /**
     * Which way values go, where it matters: an enum may know more than a request may say, and say less than an answer
     * may.
     */
    enum Direction {
        REQUEST,
        RESPONSE
    }

    private static final Set<Class<?>> TEXTS = Set.of(String.class, Phone.class, Cursor.class);
    private static final Set<Class<?>> SMALL_INTEGERS = Set.of(int.class, Integer.class);
    private static final Set<Class<?>> LARGE_INTEGERS = Set.of(long.class, Long.class, Money.class);
    private static final Set<Class<?>> DECIMALS = Set.of(double.class, Double.class);
    private static final Set<Class<?>> BOOLEANS = Set.of(boolean.class, Boolean.class);

    private final Direction direction;
    private final UnaryOperator<JsonNode> resolve;
    private final List<String> differences = new ArrayList<>();

    /**
     * Compares in one direction.
     *
     * @param resolve gives what a reference points at
     */
    SchemaFit(Direction direction, UnaryOperator<JsonNode> resolve) {
        this.direction = direction;
        this.resolve = resolve;
    }

    /** Each difference found, in a sentence that names record and field. */
    List<String> differences() {
        return List.copyOf(differences);
    }

    /** Compares a record with the schema of an object. */
    void compareObject(Class<?> type, JsonNode schema) {
        Map<String, JsonNode> fields = new TreeMap<>();
        schema.path("properties").properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.textValue()));
        compareFields(type, fields, required);
    }

    /** Compares a record with fields, of which some are always there. */
    void compareFields(Class<?> type, Map<String, JsonNode> fields, Set<String> required) {
        Set<String> without = new TreeSet<>(fields.keySet());
        for (RecordComponent component : type.getRecordComponents()) {
            String name = name(component);
            String where = type.getName() + "." + component.getName();
            if (without.remove(name)) {
                compare(where, component, resolve.apply(fields.get(name)), required.contains(name));
            } else {
                differences.add(where + " is not in openapi.yaml, which has " + fields.keySet());
            }
        }
        without.forEach(name -> differences.add(type.getName() + " has no component for the field " + name));
    }

    private void compare(String where, RecordComponent component, JsonNode schema, boolean required) {
        boolean optional = component.getType() == Optional.class;
        if (optional == required) {
            differences.add(
                    where + (required ? " is Optional but always there" : " is not Optional but may be missing"));
        }
        Type type = optional ? argument(component.getGenericType()) : component.getGenericType();
        compare(where, type, schema);
    }

    private void compare(String where, Type type, JsonNode schema) {
        boolean fits = switch (schema.path("type").asText()) {
            case "integer" -> fitsInteger(type, schema.path("format").asText());
            case "number" -> DECIMALS.contains(type);
            case "boolean" -> BOOLEANS.contains(type);
            case "array" -> fitsArray(where, type, schema);
            case "object" -> fitsObject(type, schema);
            case "string" -> fitsString(where, type, schema);
            default -> schema.has("const") && type == String.class;
        };
        if (!fits) {
            differences.add(where + " is a " + type.getTypeName() + ", which does not fit " + schema);
        }
    }

    private static boolean fitsInteger(Type type, String format) {
        return (format.equals("int64") ? LARGE_INTEGERS : SMALL_INTEGERS).contains(type);
    }

    private boolean fitsArray(String where, Type type, JsonNode schema) {
        if (!(type instanceof ParameterizedType list) || list.getRawType() != List.class) {
            return false;
        }
        compare(where + "[]", argument(type), resolve.apply(schema.path("items")));
        return true;
    }

    private boolean fitsObject(Type type, JsonNode schema) {
        if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            return true;
        }
        if (!(type instanceof Class<?> nested) || !nested.isRecord()) {
            return false;
        }
        compareObject(nested, schema);
        return true;
    }

    private boolean fitsString(String where, Type type, JsonNode schema) {
        if (type instanceof Class<?> constants && constants.isEnum()) {
            compareConstants(where, constants, schema);
            return schema.has("enum");
        }
        return switch (schema.path("format").asText()) {
            case "date-time" -> type == Instant.class;
            case "date" -> type == LocalDate.class;
            case "uuid" -> type == UUID.class || (type instanceof Class<?> id && Id.class.isAssignableFrom(id));
            default -> TEXTS.contains(type);
        };
    }

    private void compareConstants(String where, Class<?> type, JsonNode schema) {
        Set<String> constants = new TreeSet<>();
        Arrays.stream(type.getEnumConstants())
                .forEach(constant ->
                        constants.add(Json.mapper().valueToTree(constant).asText()));
        Set<String> values = new TreeSet<>();
        schema.path("enum").forEach(value -> values.add(value.textValue()));
        Set<String> known = direction == Direction.REQUEST ? constants : values;
        Set<String> used = new TreeSet<>(direction == Direction.REQUEST ? values : constants);
        used.removeAll(known);
        if (!used.isEmpty()) {
            differences.add(where + ": " + (direction == Direction.REQUEST ? "the enum" : "openapi.yaml")
                    + " does not know " + used);
        }
    }

    private static String name(RecordComponent component) {
        return ((PropertyNamingStrategies.NamingBase) PropertyNamingStrategies.SNAKE_CASE)
                .translate(component.getName());
    }

    private static Type argument(Type type) {
        return ((ParameterizedType) type).getActualTypeArguments()[0];
    }
}

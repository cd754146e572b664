package tg.ecom.states.expression;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as Jackson has it, and as the JSONata library has it, where null is a value and Java's null is undefined. */
final class Values {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Beyond it a double skips whole numbers. */
    private static final double EXACT_MAX = 1L << 53;

    private Values() {}

    static Object toQuery(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> object(value);
            case ARRAY -> {
                List<Object> items = new ArrayList<>(value.size());
                value.forEach(item -> items.add(toQuery(item)));
                yield items;
            }
            case STRING -> value.textValue();
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> number(value);
            case NULL, MISSING, BINARY, POJO -> Jsonata.NULL_VALUE;
        };
    }

    /** What an expression came to, which is defined. */
    static JsonNode toJson(Object value) throws QueryException {
        return switch (value) {
            case JsonNode node -> node;
            case String text -> JSON.textNode(text);
            case Boolean truth -> JSON.booleanNode(truth);
            case Number number -> number(number);
            case List<?> items -> array(items);
            case Map<?, ?> members -> object(members);
            default -> {
                if (value.equals(Jsonata.NULL_VALUE)) {
                    yield JSON.nullNode();
                }
                throw new QueryException("The expression came to a function, which is no JSON value.");
            }
        };
    }

    private static Map<String, Object> object(JsonNode value) {
        Map<String, Object> members = new LinkedHashMap<>();
        value.properties().forEach(member -> members.put(member.getKey(), toQuery(member.getValue())));
        return members;
    }

    private static Object number(JsonNode value) {
        if (value.isInt()) {
            return value.intValue();
        }
        return value.canConvertToLong() && value.isIntegralNumber() ? (Object) value.longValue() : value.doubleValue();
    }

    private static JsonNode number(Number number) throws QueryException {
        return switch (number) {
            case Integer whole -> JSON.numberNode(whole);
            case Long whole -> JSON.numberNode(whole);
            case BigInteger whole -> JSON.numberNode(whole);
            case BigDecimal decimal -> JSON.numberNode(decimal);
            default -> decimal(number.doubleValue());
        };
    }

    /** JSON has one kind of number: what is whole is written as such. */
    private static JsonNode decimal(double number) throws QueryException {
        if (!Double.isFinite(number)) {
            throw new QueryException("The expression came to a number that is not finite.");
        }
        boolean whole = number == Math.rint(number) && Math.abs(number) <= EXACT_MAX;
        return whole ? JSON.numberNode((long) number) : JSON.numberNode(number);
    }

    private static ArrayNode array(List<?> items) throws QueryException {
        ArrayNode array = JSON.arrayNode(items.size());
        for (Object item : items) {
            array.add(item == null ? JSON.nullNode() : toJson(item));
        }
        return array;
    }

    private static ObjectNode object(Map<?, ?> members) throws QueryException {
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            if (member.getValue() != null) {
                object.set(member.getKey().toString(), toJson(member.getValue()));
            }
        }
        return object;
    }
}

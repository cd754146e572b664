package tg.ecom.local.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which messages of a topic a subscriber wants, by their attributes: each attribute that the policy names must match
 * one of its conditions.
 *
 * @param json the policy as it was written
 * @param rules the conditions of each attribute
 */
record FilterPolicy(String json, JsonNode rules) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> CONDITIONS =
            Set.of("prefix", "suffix", "equals-ignore-case", "anything-but", "numeric", "exists");

    /** Reads a policy. @throws AwsFault as SNS does, and for what it has and local has not */
    static FilterPolicy parse(String json) {
        try {
            JsonNode rules = JSON.readTree(json);
            if (!rules.isObject()) {
                throw invalid("it is not an object");
            }
            rules.properties().forEach(rule -> check(rule.getKey(), rule.getValue()));
            return new FilterPolicy(json, rules);
        } catch (JsonProcessingException malformed) {
            throw invalid("it is not JSON");
        }
    }

    private static void check(String attribute, JsonNode conditions) {
        if (!conditions.isArray() || conditions.isEmpty()) {
            throw invalid("\"" + attribute + "\" must be an array of conditions");
        }
        for (JsonNode condition : conditions) {
            condition.fieldNames().forEachRemaining(name -> {
                if (!CONDITIONS.contains(name)) {
                    throw invalid("the condition \"" + name + "\" is not offered here");
                }
            });
        }
    }

    private static AwsFault invalid(String reason) {
        return new AwsFault("InvalidParameter", "Invalid parameter: FilterPolicy: " + reason);
    }

    /** Whether a message with these attributes, by their names, is wanted. */
    boolean accepts(Map<String, ObjectNode> attributes) {
        return rules.properties().stream().allMatch(rule -> {
            List<JsonNode> values =
                    attributes.containsKey(rule.getKey()) ? values(attributes.get(rule.getKey())) : List.of();
            boolean present = attributes.containsKey(rule.getKey());
            return stream(rule.getValue())
                    .anyMatch(condition -> condition.has("exists")
                            ? condition.path("exists").asBoolean() == present
                            : values.stream().anyMatch(value -> matches(condition, value)));
        });
    }

    /** An attribute of the type String.Array has several values. */
    private static List<JsonNode> values(ObjectNode attribute) {
        String text = attribute.path("StringValue").asText();
        try {
            return switch (attribute.path("DataType").asText()) {
                case "String.Array" -> stream(JSON.readTree(text)).toList();
                case "Number" -> List.of(JSON.readTree(text));
                default -> List.of(TextNode.valueOf(text));
            };
        } catch (JsonProcessingException notAsItsTypeSays) {
            return List.of();
        }
    }

    private static boolean matches(JsonNode condition, JsonNode value) {
        if (!condition.isObject()) {
            return same(condition, value);
        }
        return condition.properties().stream().allMatch(each -> matches(each.getKey(), each.getValue(), value));
    }

    private static boolean matches(String condition, JsonNode operand, JsonNode value) {
        String text = value.asText();
        return switch (condition) {
            case "prefix" -> value.isTextual() && text.startsWith(operand.asText());
            case "suffix" -> value.isTextual() && text.endsWith(operand.asText());
            case "equals-ignore-case" ->
                text.toLowerCase(Locale.ROOT).equals(operand.asText().toLowerCase(Locale.ROOT));
            case "anything-but" ->
                operand.isArray() ? stream(operand).noneMatch(each -> matches(each, value)) : !matches(operand, value);
            case "numeric" -> value.isNumber() && inRange(operand, value.decimalValue());
            default -> false;
        };
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return (one.isNumber() && other.isNumber())
                ? one.decimalValue().compareTo(other.decimalValue()) == 0
                : one.equals(other);
    }

    /** Comparisons and numbers in turn, such as {@code [">", 0, "<=", 100]}. */
    private static boolean inRange(JsonNode comparisons, BigDecimal value) {
        boolean within = true;
        for (int index = 0; index + 1 < comparisons.size(); index += 2) {
            int order = value.compareTo(comparisons.get(index + 1).decimalValue());
            within &= switch (comparisons.get(index).asText()) {
                case "=" -> order == 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                default -> false;
            };
        }
        return within;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements.stream();
    }
}

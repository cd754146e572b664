package tg.ecom.local.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON object that a client sent, read member by member.
 *
 * @param members the object
 * @param fault the service's error code for a member that is missing or of the wrong type
 */
record JsonInput(JsonNode members, String fault) {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final long TIME_END_S = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    /** Reads a request's body; none is an empty object. */
    static JsonInput parse(byte[] body, String fault) {
        try {
            JsonNode node = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
            if (!node.isObject()) {
                throw new AwsFault("SerializationException", "The request is not a JSON object.");
            }
            return new JsonInput(node, fault);
        } catch (IOException malformed) {
            throw new AwsFault("SerializationException", "The request is not valid JSON.");
        }
    }

    /** An empty answer to fill. */
    static ObjectNode answer() {
        return JSON.createObjectNode();
    }

    /** A time as these protocols write it: seconds with a fraction. */
    static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }

    /** The JSON of an object that is known to have one. */
    static byte[] write(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Optional<String> text(String name) {
        return member(name).map(node -> text(name, node));
    }

    private String text(String name, JsonNode node) {
        if (!node.isTextual()) {
            throw wrong(name, "must be a string");
        }
        // PostgreSQL keeps every other character.
        if (node.textValue().indexOf('\0') >= 0) {
            throw wrong(name, "must not contain the character U+0000");
        }
        return node.textValue();
    }

    String requiredText(String name) {
        return text(name).filter(value -> !value.isEmpty()).orElseThrow(() -> wrong(name, "is required"));
    }

    Optional<Integer> number(String name) {
        return member(name).map(node -> {
            if (!node.canConvertToInt() || !node.isIntegralNumber()) {
                throw wrong(name, "must be a whole number");
            }
            return node.intValue();
        });
    }

    /** A number between two bounds, both included. */
    int number(String name, int otherwise, int least, int most) {
        int value = number(name).orElse(otherwise);
        if (value < least || value > most) {
            throw wrong(name, "must be between " + least + " and " + most);
        }
        return value;
    }

    boolean flag(String name, boolean otherwise) {
        return member(name)
                .map(node -> {
                    if (!node.isBoolean()) {
                        throw wrong(name, "must be true or false");
                    }
                    return node.booleanValue();
                })
                .orElse(otherwise);
    }

    Optional<Instant> time(String name) {
        return member(name).map(node -> {
            if (!node.isNumber() || node.doubleValue() < 0 || node.doubleValue() >= TIME_END_S) {
                throw wrong(name, "must be a time in seconds since 1970, before the year 10000");
            }
            return Instant.ofEpochMilli((long) (node.doubleValue() * 1000));
        });
    }

    Optional<byte[]> binary(String name) {
        return text(name).map(value -> {
            try {
                return Base64.getDecoder().decode(value);
            } catch (IllegalArgumentException malformed) {
                throw wrong(name, "must be base64");
            }
        });
    }

    Optional<JsonInput> object(String name) {
        return member(name).map(node -> {
            if (!node.isObject()) {
                throw wrong(name, "must be an object");
            }
            return new JsonInput(node, fault);
        });
    }

    List<String> texts(String name) {
        List<String> values = new ArrayList<>();
        member(name).ifPresent(node -> {
            if (!node.isArray()) {
                throw wrong(name, "must be a list");
            }
            node.forEach(element -> values.add(text(name, element)));
        });
        return values;
    }

    Map<String, String> textMap(String name) {
        Map<String, String> values = new LinkedHashMap<>();
        object(name)
                .ifPresent(map -> map.members
                        .properties()
                        .forEach(entry -> values.put(entry.getKey(), map.requiredText(entry.getKey()))));
        return values;
    }

    boolean has(String name) {
        return member(name).isPresent();
    }

    /** The fault of a member, in the words of AWS's validators. */
    AwsFault wrong(String name, String rule) {
        return new AwsFault(fault, "Value at '" + name + "' " + rule + ".");
    }

    private Optional<JsonNode> member(String name) {
        return Optional.ofNullable(members.get(name)).filter(node -> !node.isNull());
    }
}

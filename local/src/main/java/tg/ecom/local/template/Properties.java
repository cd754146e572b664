package tg.ecom.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The evaluated properties of a resource, typed when read; what is missing or of another type is unresolvable. */
record Properties(Map<?, ?> values) {
    /** Properties that are a mapping; others are unresolvable. */
    static Properties of(Object value) {
        if (value instanceof Map<?, ?> map) {
            return new Properties(map);
        }
        throw new UnresolvableException("a mapping is needed, not " + value);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(values.get(name)).map(value -> scalar(name, value));
    }

    String text(String name) {
        return optional(name).orElseThrow(() -> new UnresolvableException(name + " is missing"));
    }

    String text(String name, String otherwise) {
        return optional(name).orElse(otherwise);
    }

    int number(String name, int otherwise) {
        return optionalNumber(name).orElse(otherwise);
    }

    Optional<Integer> optionalNumber(String name) {
        return optional(name).map(text -> {
            if (!text.matches("-?\\d{1,9}")) {
                throw new UnresolvableException(name + " is a whole number, not " + text);
            }
            return Integer.valueOf(text);
        });
    }

    Duration seconds(String name, int otherwise) {
        return Duration.ofSeconds(number(name, otherwise));
    }

    boolean truth(String name, boolean otherwise) {
        return optional(name).map(Boolean::parseBoolean).orElse(otherwise);
    }

    /** The mapping of that name, empty when it is absent. */
    Properties inner(String name) {
        return has(name) ? of(values.get(name)) : new Properties(Map.of());
    }

    /** The elements of that name; a single value is a list of one. */
    List<?> list(String name) {
        Object value = values.get(name);
        return value == null ? List.of() : value instanceof List<?> list ? list : List.of(value);
    }

    List<String> texts(String name) {
        return list(name).stream().map(value -> scalar(name, value)).toList();
    }

    List<Properties> mappings(String name) {
        return list(name).stream().map(Properties::of).toList();
    }

    private static String scalar(String name, Object value) {
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            throw new UnresolvableException(name + " is a text, not " + value);
        }
        return value.toString();
    }
}

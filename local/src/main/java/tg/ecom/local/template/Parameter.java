package tg.ecom.local.template;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A parameter's definition and the rules that its value has to keep. */
record Parameter(String name, Object definition) {
    /** The given value, otherwise the default: text, or a list of texts for the types that are lists. */
    Object value(Optional<Object> given) {
        if (!(definition instanceof Map<?, ?> rules)) {
            throw new UnresolvableException("parameter " + name + " has no definition");
        }
        String text = given.or(() -> Optional.ofNullable(rules.get("Default")))
                .map(Parameter::text)
                .orElseThrow(() -> new UnresolvableException("parameter " + name + " has no value"));
        check(rules, text);
        String type = String.valueOf(rules.get("Type"));
        boolean list = type.equals("CommaDelimitedList") || type.startsWith("List<");
        return list ? elements(text) : text;
    }

    private void check(Map<?, ?> rules, String text) {
        if (rules.get("AllowedValues") instanceof List<?> allowed
                && allowed.stream().noneMatch(value -> value.toString().equals(text))) {
            throw new UnresolvableException("parameter " + name + " may be one of " + allowed + ", not " + text);
        }
        if (rules.get("AllowedPattern") instanceof String pattern && !text.matches(pattern)) {
            throw new UnresolvableException("parameter " + name + " doesn't match " + pattern);
        }
    }

    private static List<String> elements(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    /** A list handed down to a nested stack arrives as CloudFormation passes it, with commas. */
    private static String text(Object value) {
        return value instanceof List<?> list
                ? String.join(",", list.stream().map(Object::toString).toList())
                : value.toString();
    }
}

package tg.ecom.local.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CloudFormation's intrinsic functions, evaluated in one stack. */
final class Intrinsics {
    /** What {@code AWS::NoValue} is: whoever finds it leaves the property out. */
    static final Object NO_VALUE = new Object();

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final List<String> ZONES = List.of("us-east-1a", "us-east-1b", "us-east-1c");

    private final Scope scope;

    Intrinsics(Scope scope) {
        this.scope = scope;
    }

    /** The value of a node: functions applied at every depth, what is {@code AWS::NoValue} left out. */
    Object evaluate(Object node) {
        return switch (node) {
            case Map<?, ?> map -> function(map).orElseGet(() -> mapping(map));
            case List<?> list ->
                list.stream()
                        .map(this::evaluate)
                        .filter(value -> value != NO_VALUE)
                        .toList();
            case null -> "";
            default -> node;
        };
    }

    /** The truth of a condition function, or of a condition's name. */
    boolean truth(Object expression) {
        return switch (evaluate(expression)) {
            case Boolean truth -> truth;
            case String text when text.equals("true") || text.equals("false") -> Boolean.parseBoolean(text);
            case Object other -> throw new UnresolvableException("a condition is true or false, not " + other);
        };
    }

    private Object mapping(Map<?, ?> map) {
        Map<String, Object> evaluated = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            Object result = evaluate(value);
            if (result != NO_VALUE) {
                evaluated.put(String.valueOf(key), result);
            }
        });
        return evaluated;
    }

    private Optional<Object> function(Map<?, ?> map) {
        if (map.size() != 1 || !(map.keySet().iterator().next() instanceof String name)) {
            return Optional.empty();
        }
        Object argument = map.get(name);
        if (name.equals("Ref")) {
            return Optional.of(scope.reference(text(argument)));
        }
        // An IAM statement's Condition is a mapping, a condition function's is a name.
        if (name.equals("Condition") && argument instanceof String condition) {
            return Optional.of(scope.condition(condition));
        }
        return name.startsWith("Fn::") ? Optional.of(apply(name, argument)) : Optional.empty();
    }

    private Object apply(String name, Object argument) {
        return switch (name) {
            case "Fn::Sub" -> substitute(argument);
            case "Fn::GetAtt" -> attribute(argument);
            case "Fn::If" -> evaluate(choose(arguments(name, argument, 3)));
            case "Fn::Equals" -> {
                List<?> sides = arguments(name, argument, 2);
                yield text(evaluate(sides.getFirst())).equals(text(evaluate(sides.getLast())));
            }
            case "Fn::Not" -> !truth(arguments(name, argument, 1).getFirst());
            case "Fn::And" -> list(argument).stream().allMatch(this::truth);
            case "Fn::Or" -> list(argument).stream().anyMatch(this::truth);
            case "Fn::Join" -> {
                List<?> parts = arguments(name, argument, 2);
                yield String.join(
                        text(parts.getFirst()),
                        values(parts.getLast()).stream().map(Intrinsics::text).toList());
            }
            case "Fn::Split" -> {
                List<?> parts = arguments(name, argument, 2);
                String separator = Pattern.quote(text(parts.getFirst()));
                yield List.of(text(evaluate(parts.getLast())).split(separator, -1));
            }
            case "Fn::Select" -> select(arguments(name, argument, 2));
            case "Fn::FindInMap" -> find(arguments(name, argument, 3));
            case "Fn::ImportValue" -> scope.imported(text(evaluate(argument)));
            case "Fn::Base64" ->
                Base64.getEncoder().encodeToString(text(evaluate(argument)).getBytes(StandardCharsets.UTF_8));
            case "Fn::Cidr" -> cidr(list(argument));
            case "Fn::GetAZs" -> ZONES;
            default -> throw new UnresolvableException("the function " + name + " is not supported");
        };
    }

    private Object substitute(Object argument) {
        List<?> parts = argument instanceof List<?> list ? list : List.of(argument, Map.of());
        Map<?, ?> variables = parts.size() == 2 && parts.getLast() instanceof Map<?, ?> map ? map : Map.of();
        Matcher matcher = PLACEHOLDER.matcher(text(parts.getFirst()));
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(text, Matcher.quoteReplacement(substitution(matcher.group(1), variables)));
        }
        return matcher.appendTail(text).toString();
    }

    private String substitution(String name, Map<?, ?> variables) {
        if (name.startsWith("!")) {
            return "${" + name.substring(1) + "}";
        }
        String stripped = name.strip();
        if (variables.containsKey(stripped)) {
            return text(evaluate(variables.get(stripped)));
        }
        return text(stripped.contains(".") ? attribute(stripped) : scope.reference(stripped));
    }

    private Object attribute(Object argument) {
        String dotted = argument instanceof List<?> list
                ? String.join(
                        ".",
                        list.stream().map(this::evaluate).map(Intrinsics::text).toList())
                : text(argument);
        int dot = dotted.indexOf('.');
        if (dot < 0) {
            throw new UnresolvableException("Fn::GetAtt takes a resource and an attribute, not " + dotted);
        }
        return scope.attribute(dotted.substring(0, dot), dotted.substring(dot + 1));
    }

    private Object choose(List<?> parts) {
        return scope.condition(text(parts.getFirst())) ? parts.get(1) : parts.getLast();
    }

    private Object select(List<?> parts) {
        List<?> values = values(parts.getLast());
        String index = text(evaluate(parts.getFirst()));
        if (!index.matches("\\d{1,4}") || Integer.parseInt(index) >= values.size()) {
            throw new UnresolvableException("Fn::Select finds no element " + index + " in " + values);
        }
        return values.get(Integer.parseInt(index));
    }

    private Object find(List<?> keys) {
        List<String> path =
                keys.stream().map(this::evaluate).map(Intrinsics::text).toList();
        Object found = scope.section("Mappings");
        for (String key : path) {
            found = found instanceof Map<?, ?> map ? map.get(key) : null;
        }
        if (found == null) {
            throw new UnresolvableException("Fn::FindInMap finds nothing at " + String.join(", ", path));
        }
        return found;
    }

    private List<String> cidr(List<?> arguments) {
        String block = text(evaluate(arguments.getFirst()));
        int count = Integer.parseInt(text(evaluate(arguments.get(1))));
        int bits = arguments.size() > 2 ? Integer.parseInt(text(evaluate(arguments.get(2)))) : 8;
        Matcher address =
                Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+)/\\d+").matcher(block);
        if (!address.matches()) {
            throw new UnresolvableException("Fn::Cidr takes an IPv4 block, not " + block);
        }
        long start = 0;
        for (int group = 1; group <= 4; group++) {
            start = start << 8 | Integer.parseInt(address.group(group));
        }
        List<String> blocks = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            long at = start + ((long) index << bits);
            blocks.add("%d.%d.%d.%d/%d".formatted(at >> 24, at >> 16 & 255, at >> 8 & 255, at & 255, 32 - bits));
        }
        return blocks;
    }

    private List<?> values(Object node) {
        return list(evaluate(node));
    }

    private static List<?> arguments(String function, Object argument, int count) {
        if (argument instanceof List<?> list && list.size() == count) {
            return list;
        }
        if (count == 1 && !(argument instanceof List<?>)) {
            return List.of(argument);
        }
        throw new UnresolvableException(function + " takes a list of " + count);
    }

    private static List<?> list(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new UnresolvableException("a list is needed, not " + value);
    }

    private static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            default -> throw new UnresolvableException("a text is needed, not " + value);
        };
    }
}

package tg.ecom.local.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** SAM's Globals: what every resource of a type has; mappings are merged, lists joined, single values replaced. */
final class SamGlobals {
    private static final Map<String, String> SECTIONS =
            Map.of("AWS::Serverless::Function", "Function", "AWS::Serverless::HttpApi", "HttpApi");

    private SamGlobals() {}

    /** A resource's properties, not evaluated, with the globals of its type. */
    static Object merged(Scope scope, String type, Object properties) {
        Object own = properties == null ? Map.of() : properties;
        String section = SECTIONS.getOrDefault(type, "");
        Object globals = scope.section("Globals").get(section);
        return globals == null ? own : merge(globals, own);
    }

    private static Object merge(Object global, Object own) {
        if (global instanceof List<?> first && own instanceof List<?> second) {
            List<Object> joined = new ArrayList<>(first);
            joined.addAll(second);
            return joined;
        }
        if (global instanceof Map<?, ?> first && own instanceof Map<?, ?> second && !isFunction(second)) {
            Map<Object, Object> merged = new LinkedHashMap<>(first);
            second.forEach(
                    (key, value) -> merged.put(key, first.containsKey(key) ? merge(first.get(key), value) : value));
            return merged;
        }
        return own;
    }

    private static boolean isFunction(Map<?, ?> map) {
        return map.size() == 1
                && map.keySet().iterator().next() instanceof String key
                && (key.equals("Ref") || key.startsWith("Fn::"));
    }
}

package tg.ecom.local.template;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The two resource types that stand for a template of their own. */
final class NestedStacks {
    private NestedStacks() {}

    /** The property that names the nested template; empty for types that aren't stacks. */
    static String locationProperty(String type) {
        return switch (type) {
            case "AWS::Serverless::Application" -> "Location";
            case "AWS::CloudFormation::Stack" -> "TemplateURL";
            default -> "";
        };
    }

    /** What a stack hands down, each evaluated in the stack above when the one below asks. */
    static Map<String, Supplier<Object>> parameters(Scope above, Object definition) {
        Map<String, Supplier<Object>> parameters = new HashMap<>();
        if (definition instanceof Map<?, ?> map) {
            map.forEach((name, expression) -> parameters.put(name.toString(), () -> above.evaluate(expression)));
        }
        return parameters;
    }
}

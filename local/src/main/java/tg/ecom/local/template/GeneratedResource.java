package tg.ecom.local.template;

import java.util.Map;
import java.util.Optional;

/**
 * A resource that a name in a template means: one that is written there, or one that SAM's transform makes for it (the
 * role of a function or a state machine, a function's version and alias, an API's stage, the API of routes that name
 * none).
 *
 * @param type its CloudFormation or SAM type
 * @param logicalId the logical id that is written in the template
 * @param properties its properties, not evaluated
 * @param attribute the attribute that is meant
 */
record GeneratedResource(String type, String logicalId, Map<?, ?> properties, String attribute) {
    /** The logical id of the API that SAM makes for routes without an ApiId. */
    static final String IMPLICIT_API = "ServerlessHttpApi";

    private static final String FUNCTION = "AWS::Serverless::Function";
    private static final String STATE_MACHINE = "AWS::Serverless::StateMachine";

    static Optional<GeneratedResource> find(Scope scope, String name, String attribute) {
        Optional<GeneratedResource> written = written(scope, name, attribute);
        if (written.isPresent()) {
            return written;
        }
        if (name.equals(IMPLICIT_API)) {
            return Optional.of(new GeneratedResource("AWS::Serverless::HttpApi", name, Map.of(), attribute));
        }
        int dot = name.indexOf('.');
        if (dot > 0) {
            return written(scope, name.substring(0, dot), name.substring(dot + 1));
        }
        return role(scope, name, attribute).or(() -> alias(scope, name)).or(() -> stage(scope, name));
    }

    private static Optional<GeneratedResource> written(Scope scope, String logicalId, String attribute) {
        if (!(scope.resources().get(logicalId) instanceof Map<?, ?> definition)) {
            return Optional.empty();
        }
        if (!scope.included(definition)) {
            throw new UnresolvableException("the condition of resource " + logicalId + " doesn't hold");
        }
        Map<?, ?> properties = definition.get("Properties") instanceof Map<?, ?> map ? map : Map.of();
        return Optional.of(
                new GeneratedResource(String.valueOf(definition.get("Type")), logicalId, properties, attribute));
    }

    private static Optional<GeneratedResource> role(Scope scope, String name, String attribute) {
        return name.endsWith("Role") && hasRole(scope, name.substring(0, name.length() - "Role".length()))
                ? Optional.of(new GeneratedResource("AWS::IAM::Role", name, Map.of(), attribute))
                : Optional.empty();
    }

    private static Optional<GeneratedResource> alias(Scope scope, String name) {
        int at = name.lastIndexOf("Alias");
        return at > 0 && isFunction(scope, name.substring(0, at))
                ? written(scope, name.substring(0, at), "Alias")
                : Optional.empty();
    }

    private static Optional<GeneratedResource> stage(Scope scope, String name) {
        int at = name.lastIndexOf("ApiGateway");
        return at > 0 && scope.resources().containsKey(name.substring(0, at))
                ? Optional.of(new GeneratedResource("AWS::ApiGatewayV2::Stage", name, Map.of(), "Ref"))
                : Optional.empty();
    }

    private static boolean hasRole(Scope scope, String logicalId) {
        return isFunction(scope, logicalId) || isOf(scope, logicalId, STATE_MACHINE);
    }

    private static boolean isFunction(Scope scope, String logicalId) {
        return isOf(scope, logicalId, FUNCTION);
    }

    private static boolean isOf(Scope scope, String logicalId, String type) {
        return scope.resources().get(logicalId) instanceof Map<?, ?> definition && type.equals(definition.get("Type"));
    }
}

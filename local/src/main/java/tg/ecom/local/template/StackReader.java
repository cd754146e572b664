package tg.ecom.local.template;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the resources of one template. */
final class StackReader {
    private final Scope scope;
    private final Map<String, Path> layers;
    private final Faults faults;
    private final DataResources data;
    private final List<FunctionDefinition> functions = new ArrayList<>();
    private final Map<String, HttpApi> apis = new LinkedHashMap<>();
    private final List<CustomResource> customResources = new ArrayList<>();
    private final List<StateMachineDefinition> stateMachines = new ArrayList<>();

    StackReader(Scope scope, Map<String, Path> layers, Faults faults) {
        this.scope = scope;
        this.layers = layers;
        this.faults = faults;
        this.data = new DataResources(scope);
    }

    Stack read(String logicalPath, List<Stack> nested) {
        checkParameters();
        scope.resources().forEach((logicalId, definition) -> read(logicalId.toString(), definition));
        Map<String, String> outputs = outputs();
        return new Stack(
                scope.stackName(),
                logicalPath,
                List.copyOf(functions),
                List.copyOf(apis.values()),
                List.copyOf(data.tables),
                List.copyOf(data.queues),
                List.copyOf(data.topics),
                List.copyOf(data.subscriptions),
                List.copyOf(data.buckets),
                List.copyOf(data.secrets),
                List.copyOf(data.rotations),
                List.copyOf(data.keys),
                List.copyOf(data.keyAliases),
                List.copyOf(data.databases),
                List.copyOf(customResources),
                List.copyOf(stateMachines),
                Map.copyOf(outputs),
                nested);
    }

    private void checkParameters() {
        Map<?, ?> declared = scope.section("Parameters");
        for (Object name : declared.keySet()) {
            guarded("Parameters", () -> scope.parameter(name.toString()));
        }
        for (String name : scope.given().keySet()) {
            if (!declared.containsKey(name)) {
                faults.add(scope.file(), "Parameters", "it is given " + name + " but has no such parameter");
            }
        }
    }

    private Map<String, String> outputs() {
        Map<String, String> outputs = new LinkedHashMap<>();
        scope.section("Outputs")
                .forEach((name, definition) -> guarded("output " + name, () -> {
                    if (definition instanceof Map<?, ?> output && scope.included(output)) {
                        outputs.put(name.toString(), String.valueOf(scope.output(name.toString())));
                    }
                }));
        return outputs;
    }

    private void read(String logicalId, Object definition) {
        guarded(logicalId, () -> {
            if (!(definition instanceof Map<?, ?> map) || !(map.get("Type") instanceof String type)) {
                throw new UnresolvableException("it has no Type");
            }
            List<String> dependsOn = new Properties(map).texts("DependsOn");
            for (String other : dependsOn) {
                if (!scope.resources().containsKey(other)) {
                    throw new UnresolvableException("it depends on " + other + ", which is not a resource");
                }
            }
            if (scope.included(map)) {
                Object evaluated = scope.evaluate(SamGlobals.merged(scope, type, map.get("Properties")));
                read(logicalId, type, Properties.of(evaluated), dependsOn);
            }
        });
    }

    private void read(String logicalId, String type, Properties properties, List<String> dependsOn) {
        switch (type) {
            case "AWS::Serverless::Function" -> readFunction(logicalId, properties);
            case "AWS::Serverless::HttpApi" -> apis.put(logicalId, api(logicalId, properties));
            case "AWS::Serverless::StateMachine" ->
                stateMachines.add(new StateMachineReader(scope).read(logicalId, properties));
            case "AWS::StepFunctions::StateMachine" ->
                throw new UnresolvableException(
                        "local does not run " + type + ": write it as AWS::Serverless::StateMachine");
            case "AWS::Lambda::Function",
                    "AWS::Lambda::EventSourceMapping",
                    "AWS::Events::Rule",
                    "AWS::Scheduler::Schedule",
                    "AWS::Serverless::Api",
                    "AWS::Serverless::SimpleTable" ->
                throw new UnresolvableException("local does not run " + type
                        + ": functions, and what invokes them, are written as AWS::Serverless::Function and Events");
            case "AWS::CloudFormation::CustomResource" ->
                customResources.add(custom(logicalId, type, properties, dependsOn));
            default -> {
                if (type.startsWith("Custom::")) {
                    customResources.add(custom(logicalId, type, properties, dependsOn));
                } else {
                    data.read(logicalId, type, properties);
                }
            }
        }
    }

    private void readFunction(String logicalId, Properties properties) {
        FunctionDefinition function = new FunctionReader(scope, layers).read(logicalId, properties);
        functions.add(function);
        String implicit = scope.pathOf(GeneratedResource.IMPLICIT_API);
        boolean needsApi = function.events().stream()
                .anyMatch(event -> event instanceof EventSource.HttpRoute route
                        && route.api().equals(implicit));
        if (needsApi) {
            Object globals = SamGlobals.merged(scope, "AWS::Serverless::HttpApi", Map.of());
            apis.computeIfAbsent(GeneratedResource.IMPLICIT_API, id -> api(id, Properties.of(scope.evaluate(globals))));
        }
    }

    private HttpApi api(String logicalId, Properties properties) {
        if (properties.has("DefinitionBody") || properties.has("DefinitionUri")) {
            throw new UnresolvableException("its routes come from functions' Events, not from a definition of its own");
        }
        Optional<HttpApi.Cors> cors = Optional.empty();
        if (properties.values().get("CorsConfiguration") instanceof Map<?, ?> map) {
            Properties rules = new Properties(map);
            cors = Optional.of(new HttpApi.Cors(
                    rules.texts("AllowOrigins"),
                    rules.texts("AllowMethods"),
                    rules.texts("AllowHeaders"),
                    rules.texts("ExposeHeaders"),
                    rules.optionalNumber("MaxAge"),
                    rules.truth("AllowCredentials", false)));
        } else if (properties.truth("CorsConfiguration", false)) {
            cors = Optional.of(
                    new HttpApi.Cors(List.of("*"), List.of(), List.of(), List.of(), Optional.empty(), false));
        }
        return new HttpApi(scope.pathOf(logicalId), scope.reference(logicalId).toString(), cors);
    }

    private CustomResource custom(String logicalId, String type, Properties properties, List<String> dependsOn) {
        Map<String, Object> values = new LinkedHashMap<>();
        properties.values().forEach((name, value) -> values.put(name.toString(), value));
        return new CustomResource(
                scope.pathOf(logicalId),
                logicalId,
                scope.stackName(),
                type,
                properties.text("ServiceToken"),
                Map.copyOf(values),
                dependsOn);
    }

    private void guarded(String resource, Runnable reading) {
        try {
            reading.run();
        } catch (UnresolvableException e) {
            faults.add(scope.file(), resource, e.getMessage());
        }
    }
}

package tg.ecom.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tg.ecom.local.template.EventSource;
import tg.ecom.local.template.FunctionDefinition;
import tg.ecom.local.template.Stack;

/**
 * All functions in one template with paths instead of parameters, for {@code sam local}, which does not resolve layers
 * that a root stack hands down (aws-sam-cli issue 2820).
 */
final class FlatTemplate {
    private final Stack stack;
    private final Path directory;
    private final Map<Path, String> layerIds = new LinkedHashMap<>();

    /**
     * Of a stack.
     *
     * @param directory where the template will be; its paths start from there
     */
    FlatTemplate(Stack stack, Path directory) {
        this.stack = stack;
        this.directory = directory;
    }

    String yaml() {
        Map<String, Object> resources = new LinkedHashMap<>();
        for (FunctionDefinition function : stack.all(Stack::functions)) {
            function.layers().forEach(layer -> layerIds.putIfAbsent(layer, layerId(layer)));
            resources.put(function.logicalPath().replace("/", ""), resource(function));
        }
        layerIds.forEach((zip, id) -> resources.put(
                id, Map.of("Type", "AWS::Serverless::LayerVersion", "Properties", Map.of("ContentUri", path(zip)))));
        Map<String, Object> template = new LinkedHashMap<>();
        template.put("AWSTemplateFormatVersion", "2010-09-09");
        template.put("Transform", "AWS::Serverless-2016-10-31");
        template.put("Resources", resources);
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(options).dump(template);
    }

    private Map<String, Object> resource(FunctionDefinition function) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("FunctionName", function.name());
        properties.put("Runtime", "java25");
        properties.put("Handler", function.handler());
        properties.put("CodeUri", path(function.code()));
        properties.put("MemorySize", function.memoryMb());
        properties.put("Timeout", (int) function.timeout().toSeconds());
        List<Map<String, String>> layers = new ArrayList<>();
        function.layers().forEach(layer -> layers.add(Map.of("Ref", layerIds.get(layer))));
        properties.put("Layers", layers);
        properties.put("Environment", Map.of("Variables", function.environment()));
        Map<String, Object> events = new LinkedHashMap<>();
        for (EventSource event : function.events()) {
            if (event instanceof EventSource.HttpRoute route) {
                events.put(
                        "Http" + events.size(),
                        Map.of(
                                "Type",
                                "HttpApi",
                                "Properties",
                                Map.of("Method", route.method(), "Path", route.path())));
            }
        }
        properties.put("Events", events);
        return Map.of("Type", "AWS::Serverless::Function", "Properties", properties);
    }

    private String path(Path file) {
        return directory.toAbsolutePath().relativize(file.toAbsolutePath()).toString();
    }

    private static String layerId(Path zip) {
        String name = zip.getFileName().toString().replace("-layer.zip", "");
        return name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1) + "Layer";
    }
}

package tg.ecom.local.template;

import java.nio.file.Path;
import java.util.Map;

/** Finds the zips of a template's layers, since functions of other templates name them by ARN. */
final class LayerReader {
    private final Scope scope;
    private final Faults faults;

    LayerReader(Scope scope, Faults faults) {
        this.scope = scope;
        this.faults = faults;
    }

    /** Adds each layer's ARN and zip. */
    void read(Map<String, Path> layers) {
        scope.resources().forEach((key, definition) -> {
            String logicalId = key.toString();
            if (definition instanceof Map<?, ?> map && "AWS::Serverless::LayerVersion".equals(map.get("Type"))) {
                try {
                    Properties properties = Properties.of(scope.evaluate(map.get("Properties")));
                    String arn = scope.reference(logicalId).toString();
                    layers.put(arn, Archives.zip(scope.file(), "ContentUri", properties.text("ContentUri")));
                } catch (UnresolvableException e) {
                    faults.add(scope.file(), logicalId, e.getMessage());
                }
            }
        });
    }
}

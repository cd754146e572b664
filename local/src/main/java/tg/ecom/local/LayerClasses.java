package tg.ecom.local;

import java.util.Optional;
import tg.ecom.local.lambda.FunctionCode;
import tg.ecom.local.template.Stack;

/** The layers' classes that every function needs. */
final class LayerClasses {
    private LayerClasses() {}

    /** Reads them, so that the first request does not wait for them. */
    static Void load(Stack stack, FunctionCode code) throws ClassNotFoundException {
        Optional<ClassLoader> loader = stack.all(Stack::functions).stream()
                .filter(function -> !function.layers().isEmpty())
                .findFirst()
                .map(code::loader);
        if (loader.isPresent()) {
            Class.forName("tg.ecom.platform.Json", true, loader.get());
        }
        return null;
    }
}

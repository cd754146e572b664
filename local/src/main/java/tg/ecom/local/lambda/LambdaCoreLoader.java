package tg.ecom.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.Set;

/**
 * What functions see of local: the JDK and the interfaces of aws-lambda-java-core, as on Lambda, where only the runtime
 * stands above a function's own class path. Local's libraries, whatever their versions, stay out of sight.
 */
final class LambdaCoreLoader extends ClassLoader {
    private static final Set<String> PACKAGES =
            Set.of("com.amazonaws.services.lambda.runtime", "com.amazonaws.services.lambda.runtime.logging");

    static {
        registerAsParallelCapable();
    }

    LambdaCoreLoader() {
        super("lambda-core", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        int dot = name.lastIndexOf('.');
        if (dot > 0 && PACKAGES.contains(name.substring(0, dot))) {
            return Class.forName(name, false, RequestStreamHandler.class.getClassLoader());
        }
        throw new ClassNotFoundException(name);
    }
}

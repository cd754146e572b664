package tg.ecom.local.parts;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Loads some packages anew, so that their static fields and their time belong to one user of them. */
final class OwnClasses extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final List<String> prefixes;
    private final ClockCalls clock;

    OwnClasses(ClassLoader parent, List<String> prefixes, ClockCalls clock) {
        super(parent);
        this.prefixes = prefixes;
        this.clock = clock;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (prefixes.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + ".class";
        try (InputStream stream = getParent().getResourceAsStream(file)) {
            if (stream == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] code = clock.moved(stream.readAllBytes());
            return defineClass(name, code, 0, code.length);
        } catch (IOException failure) {
            throw new ClassNotFoundException(name, failure);
        }
    }
}

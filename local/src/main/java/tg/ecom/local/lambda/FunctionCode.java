package tg.ecom.local.lambda;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tg.ecom.local.template.FunctionDefinition;

/**
 * The class loaders of functions: one for each list of layers, so that layers load once however many domains stand on
 * them, and below it one for each function zip, so that domains don't see each other.
 */
public final class FunctionCode implements AutoCloseable {
    private final CodeCache cache;
    private final ClassLoader core = new LambdaCoreLoader();
    private final Map<List<Path>, URLClassLoader> layers = new ConcurrentHashMap<>();
    private final Map<List<Path>, URLClassLoader> functions = new ConcurrentHashMap<>();

    /** Extracts zips into that cache. */
    public FunctionCode(CodeCache cache) {
        this.cache = cache;
    }

    CodeCache cache() {
        return cache;
    }

    /** The loader of a function's classes; functions of the same zip and layers share it. */
    public ClassLoader loader(FunctionDefinition function) {
        List<Path> layerDirectories =
                function.layers().stream().map(cache::extract).toList();
        Path code = cache.extract(function.code());
        List<Path> key =
                Stream.concat(Stream.of(code), layerDirectories.stream()).toList();
        URLClassLoader parent = layers.computeIfAbsent(layerDirectories, this::layersLoader);
        return functions.computeIfAbsent(key, path -> functionLoader(code, parent));
    }

    /** Closes every loader's files; functions that still run may then fail to load classes. */
    @Override
    public void close() throws IOException {
        for (URLClassLoader loader : functions.values()) {
            loader.close();
        }
        for (URLClassLoader loader : layers.values()) {
            loader.close();
        }
    }

    private URLClassLoader layersLoader(List<Path> directories) {
        List<Path> jars = directories.stream()
                .flatMap(directory -> CodeCache.jars(directory.resolve("java/lib")).stream())
                .toList();
        return new URLClassLoader("layers", urls(jars), core);
    }

    private static URLClassLoader functionLoader(Path code, ClassLoader parent) {
        List<Path> places = new ArrayList<>(List.of(code));
        places.addAll(CodeCache.jars(code.resolve("lib")));
        return new URLClassLoader("function", urls(places), parent);
    }

    private static URL[] urls(List<Path> places) {
        return places.stream().map(FunctionCode::url).toArray(URL[]::new);
    }

    private static URL url(Path place) {
        try {
            return place.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("Not a place for classes: " + place, e);
        }
    }
}

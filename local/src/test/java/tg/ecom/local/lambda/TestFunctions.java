package tg.ecom.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tg.ecom.local.template.EventSource;
import tg.ecom.local.template.FunctionDefinition;
import tg.ecom.platform.FunctionRuntime;

/** Functions of the test tree's handlers, zipped as Maven zips the real ones. */
public final class TestFunctions {
    private final Path directory;

    /** Puts zips into that directory. */
    public TestFunctions(Path directory) {
        this.directory = directory;
    }

    /** A function in a zip of its own, standing on a layer. */
    public FunctionDefinition function(
            String name, Class<? extends RequestStreamHandler> handler, Duration timeout, List<EventSource> events) {
        return new FunctionDefinition(
                "Test/" + name,
                name,
                handler.getName(),
                zip(
                        name + ".zip",
                        classPath(handler),
                        bytes(handler),
                        "function.name",
                        name.getBytes(StandardCharsets.UTF_8)),
                List.of(layer()),
                256,
                timeout,
                Map.of("ECOM_STAGE", "test-{{resolve:secretsmanager:stage:SecretString:name}}"),
                Optional.of("live"),
                events);
    }

    /** The same with a timeout of 20 s and nothing that invokes it. */
    public FunctionDefinition function(String name, Class<? extends RequestStreamHandler> handler) {
        return function(name, handler, Duration.ofSeconds(20), List.of());
    }

    /** A layer with that class of the platform which functions take their settings from. */
    public Path layer() {
        Path jar = zip("platform.jar", classPath(FunctionRuntime.class), bytes(FunctionRuntime.class));
        try {
            return zip("platform-layer.zip", "java/lib/platform.jar", Files.readAllBytes(jar));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path zip(String name, Object... namesAndContents) {
        Path zip = directory.resolve(name);
        try (ZipOutputStream output = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (int index = 0; index < namesAndContents.length; index += 2) {
                ZipEntry entry = new ZipEntry((String) namesAndContents[index]);
                entry.setTime(0);
                output.putNextEntry(entry);
                output.write((byte[]) namesAndContents[index + 1]);
            }
            return zip;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    private static byte[] bytes(Class<?> type) {
        try (InputStream content = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

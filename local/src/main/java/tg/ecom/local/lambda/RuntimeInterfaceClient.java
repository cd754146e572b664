package tg.ecom.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** AWS's own runtime interface client, the program that runs a handler on Lambda: where it is and what it needs. */
final class RuntimeInterfaceClient {
    /** The program's main class; its argument is the handler. */
    static final String MAIN_CLASS = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    /**
     * Names the native library to load. Left alone the client unpacks it to one file of /tmp, where two processes that
     * start at the same time read each other's half-written copy.
     */
    static final String LIBRARY_PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private static final List<String> CLASSES = List.of(
            MAIN_CLASS,
            RequestStreamHandler.class.getName(),
            "com.amazonaws.services.lambda.runtime.serialization.PojoSerializer",
            "software.amazon.awssdk.utilslite.SdkInternalThreadLocal");

    private RuntimeInterfaceClient() {}

    /** Its jars, with path separators between. */
    static String classPath() {
        return CLASSES.stream().map(RuntimeInterfaceClient::jarOf).collect(Collectors.joining(File.pathSeparator));
    }

    /** Its native library for this machine, copied below that directory. */
    static Path library(Path directory) {
        String resource = "/jni/libaws-lambda-jni." + system() + "-" + architecture() + ".so";
        Path library = directory.resolve(resource.substring(resource.lastIndexOf('/') + 1));
        if (Files.isRegularFile(library)) {
            return library;
        }
        try (InputStream content = mainClass().getResourceAsStream(resource)) {
            if (content == null) {
                throw new IllegalStateException("The runtime interface client has no library " + resource + ".");
            }
            Files.createDirectories(directory);
            Path unfinished = Files.createTempFile(directory, "library", ".so");
            Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
            return Files.move(unfinished, library, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The runtime interface client can't be unpacked", e);
        }
    }

    private static String system() {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            throw new IllegalStateException("An isolated function needs Linux: AWS publishes the runtime interface"
                    + " client's library for no other system.");
        }
        return usesMusl() ? "linux_musl" : "linux";
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "aarch_64";
            case String other ->
                throw new IllegalStateException("The runtime interface client doesn't run on " + other + ".");
        };
    }

    private static boolean usesMusl() {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.anyMatch(line -> line.contains("ld-musl"));
        } catch (IOException e) {
            return false;
        }
    }

    private static String jarOf(String className) {
        try {
            Class<?> type = Class.forName(className, false, RuntimeInterfaceClient.class.getClassLoader());
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException("The runtime interface client is not on the class path", e);
        }
    }

    private static Class<?> mainClass() {
        try {
            return Class.forName(MAIN_CLASS, false, RuntimeInterfaceClient.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The runtime interface client is not on the class path", e);
        }
    }
}

package tg.ecom.local;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import tg.ecom.local.parts.PartFailure;

/** {@code ./ecom up}: starts the one-machine cloud, says where it is, and runs it until it is told to end. */
final class UpCommand {
    /** By this file a directory is known to be ours to start over in. */
    private static final String MARK = "ecom-data";

    private final PrintStream terminal;

    UpCommand(PrintStream terminal) {
        this.terminal = terminal;
    }

    void run(UpOptions options) {
        prepare(options);
        Path log = options.data().resolve("functions.log");
        writeFunctionsTo(log);
        terminal.println("Starting Ecom on this machine ...");
        LocalCloud cloud = LocalCloud.start(
                options, (part, took) -> terminal.printf("  %-14s %5.1f s%n", part, took.toMillis() / 1000.0));
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            terminal.println("\nEnding ...");
            cloud.close();
            terminal.println("Ended. ./ecom up finds everything as it was.");
            ended.countDown();
        }));
        welcome(cloud, options, log);
        ClassArchive.writeIfWanted();
        try {
            ended.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void welcome(LocalCloud cloud, UpOptions options, Path log) {
        terminal.printf("Ready in %.1f s.%n%n", cloud.startupTime().toMillis() / 1000.0);
        terminal.printf("  API           %s%n", cloud.address());
        terminal.printf("  Reference     %s/docs%n", cloud.address());
        terminal.printf("  AWS           %s   (aws --endpoint-url, any credentials)%n", cloud.awsAddress());
        terminal.printf("  Data, logs    %s, %s%n%n", options.data(), log.getFileName());
        terminal.println("Try next:");
        terminal.printf("  curl -s %s/api/auth/send-otp -H 'content-type: application/json' \\%n", cloud.address());
        terminal.println("    -d '{\"phone\": \"90000001\", \"type\": \"registration\"}'");
        terminal.printf("  curl -s '%s/_local/sms?phone=90000001'%n%n", cloud.address());
        terminal.println("Ctrl-C ends it.");
    }

    private static void prepare(UpOptions options) {
        try {
            Path mark = options.data().resolve(MARK);
            boolean isOurs = Files.exists(mark);
            if (!isOurs && Files.isDirectory(options.data()) && !isEmpty(options.data())) {
                throw new PartFailure(options.data() + " is not empty and was not made by ./ecom up; nothing was"
                        + " touched. Name another directory with --data, or move this one away.");
            }
            if (options.fresh() && isOurs) {
                delete(options.data());
            }
            Files.createDirectories(options.data());
            if (!Files.exists(mark)) {
                Files.writeString(mark, "What ./ecom up keeps. To start over: ./ecom up --fresh\n");
            }
        } catch (IOException unusable) {
            throw new PartFailure(
                    options.data() + " can't be used: " + unusable.getMessage() + "; nothing was lost.", unusable);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Functions log to standard output, as in Lambda; here that is a file, and the terminal stays readable. */
    private static void writeFunctionsTo(Path log) {
        try {
            PrintStream file = new PrintStream(
                    Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    true,
                    StandardCharsets.UTF_8);
            System.setOut(file);
            System.setErr(file);
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }
}

package tg.ecom.local;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import tg.ecom.local.usage.Meter;

/** {@code ./ecom up}: starts the one-machine cloud, says where it is, and runs it until it is told to end. */
final class UpCommand {
    private final PrintStream terminal;

    UpCommand(PrintStream terminal) {
        this.terminal = terminal;
    }

    void run(UpOptions options) {
        DataDirectory data = DataDirectory.take(options.data());
        writeFunctionsTo(data.functionsLog());
        terminal.println("Starting Ecom on this machine ...");
        Startup startup =
                new Startup((part, took) -> terminal.printf("  %-14s %5.1f s%n", part, took.toMillis() / 1000.0));
        startup.remember(data);
        // Before anything starts: Ctrl-C meanwhile must leave no server behind.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(startup)));
        LocalCloud cloud = LocalCloud.start(options, startup, new Meter());
        welcome(cloud, options, data.functionsLog());
        Startup.awaitSignal();
    }

    private void end(Startup startup) {
        boolean wasReady = startup.isReady();
        if (wasReady) {
            terminal.println("\nEnding ...");
        }
        startup.closeAll();
        if (wasReady) {
            terminal.println("Ended. ./ecom up finds everything as it was.");
        }
    }

    private void welcome(LocalCloud cloud, UpOptions options, Path log) {
        terminal.printf("Ready in %.1f s.%n%n", cloud.startupTime().toMillis() / 1000.0);
        terminal.printf("  API           %s%n", cloud.address());
        terminal.printf("  Console       %s/%n", cloud.address());
        terminal.printf("  Reference     %s/docs%n", cloud.address());
        terminal.printf("  AWS           %s   (aws --endpoint-url, any credentials)%n", cloud.awsAddress());
        terminal.printf("  Data, logs    %s, %s%n%n", options.data(), log.getFileName());
        terminal.println("Try next:");
        terminal.printf("  curl -s %s/api/auth/send-otp -H 'content-type: application/json' \\%n", cloud.address());
        terminal.println("    -d '{\"phone\": \"90000001\", \"type\": \"registration\"}'");
        terminal.printf("  curl -s '%s/_local/sms?phone=90000001'%n%n", cloud.address());
        terminal.println("Ctrl-C ends it.");
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

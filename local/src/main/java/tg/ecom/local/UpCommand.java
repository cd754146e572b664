package tg.ecom.local;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import tg.ecom.local.demo.Loaded;
import tg.ecom.local.tools.JsonAnswers;
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
        terminal.printf("Ready in %.1f s.%n", cloud.startupTime().toMillis() / 1000.0);
        Optional<Loaded> demo = options.demo() ? loadDemo(cloud) : Optional.empty();
        welcome(cloud, options, data.functionsLog());
        demo.ifPresentOrElse(loaded -> introduce(cloud.address(), loaded), () -> tryNext(cloud.address()));
        terminal.println("Ctrl-C ends it.");
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
        terminal.printf("%n  API           %s%n", cloud.address());
        terminal.printf("  Console       %s/%n", cloud.address());
        terminal.printf("  Reference     %s/docs%n", cloud.address());
        terminal.printf("  AWS           %s   (aws --endpoint-url, any credentials)%n", cloud.awsAddress());
        terminal.printf("  Data, logs    %s, %s%n%n", options.data(), log.getFileName());
    }

    /** What somebody does first: sign up. */
    private void tryNext(String address) {
        terminal.println("Try next:");
        terminal.printf("  curl -s %s/api/auth/send-otp -H 'content-type: application/json' \\%n", address);
        terminal.println("    -d '{\"phone\": \"90000001\", \"type\": \"registration\"}'");
        terminal.printf("  curl -s '%s/_local/sms?phone=90000001'%n%n", address);
    }

    private Optional<Loaded> loadDemo(LocalCloud cloud) {
        terminal.print("Loading a small Lomé ");
        long began = System.nanoTime();
        try {
            Loaded loaded = cloud.loadDemo(() -> terminal.print('.'));
            terminal.printf(
                    " %d stores, %d products, %d people in %.1f s.%n",
                    loaded.stores(),
                    loaded.products(),
                    loaded.people(),
                    Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0);
            return Optional.of(loaded);
        } catch (JsonAnswers.Refusal refused) {
            terminal.printf(" not all of it.%n  %s%n", refused.getMessage());
            return Optional.empty();
        }
    }

    /** What somebody does first where there are people: log in as one of them. */
    private void introduce(String address, Loaded demo) {
        terminal.printf("Log in by the password \"%s\" as one of them:%n", demo.password());
        introduce(demo.customer(), "a customer");
        introduce(demo.owner().login(), "who owns " + demo.owner().store());
        introduce(demo.administrator(), "an administrator");
        terminal.printf("%nTry next:%n");
        terminal.printf("  curl -s '%s/api/stores?near=6.1319,1.2228&q=boulanjerie'%n", address);
        terminal.printf("  curl -s %s/api/auth/login -H 'content-type: application/json' \\%n", address);
        terminal.printf(
                "    -d '{\"phone\": \"%s\", \"password\": \"%s\"}'%n%n",
                demo.customer().phone().e164(), demo.password());
    }

    private void introduce(Loaded.Login person, String as) {
        terminal.printf("  %s  %s, %s%n", person.phone().e164(), person.name(), as);
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

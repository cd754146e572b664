package tg.ecom.local;

import java.io.PrintStream;
import java.time.InstantSource;

/** {@code ./ecom states}: runs Step Functions by itself, until it is told to end. */
final class StatesCommand {
    private final PrintStream terminal;

    StatesCommand(PrintStream terminal) {
        this.terminal = terminal;
    }

    void run(StatesOptions options) {
        DataDirectory data = DataDirectory.take(options.data());
        Startup startup = new Startup((part, took) -> {});
        startup.remember(data);
        // Before anything starts: Ctrl-C meanwhile must leave no server behind.
        Runtime.getRuntime().addShutdownHook(new Thread(startup::closeAll));
        StatesServer server = StatesServer.start(options, InstantSource.system(), startup);
        terminal.printf(
                "Step Functions is at %s; it invokes functions at %s.%n", server.address(), options.lambdaEndpoint());
        terminal.printf(
                "  aws stepfunctions list-state-machines --endpoint-url %s   (any credentials)%n", server.address());
        terminal.printf("  Data: %s%n", options.data());
        terminal.println("Ctrl-C ends it.");
        Startup.awaitSignal();
    }
}

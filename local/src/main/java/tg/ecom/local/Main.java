package tg.ecom.local;

import java.io.PrintStream;
import java.util.List;
import tg.ecom.local.gateway.PortTakenException;
import tg.ecom.local.parts.PartFailure;
import tg.ecom.local.template.TemplateFailure;

/** The program behind {@code ./ecom}. What a person can put right ends it with one sentence and exit code 1. */
public final class Main {
    private static final int FAILED = 1;

    private Main() {}

    /**
     * Runs a command: {@code up}, {@code states}, {@code replay}, {@code package} or {@code archive}, and its options.
     */
    public static void main(String[] arguments) {
        PrintStream terminal = System.out;
        PrintStream errors = System.err;
        try {
            List<String> options = List.of(arguments).subList(1, arguments.length);
            switch (arguments[0]) {
                case "up" -> new UpCommand(terminal).run(UpOptions.parse(options));
                case "states" -> new StatesCommand(terminal).run(StatesOptions.parse(options));
                case "replay" -> new ReplayCommand(terminal).run(ReplayOptions.parse(options));
                case "archive" -> new ArchiveCommand().run();
                case "package" -> new PackageCommand(terminal).run();
                default -> throw new UsageException("There is no command " + arguments[0] + ".");
            }
        } catch (UsageException | TemplateFailure | PartFailure | PortTakenException told) {
            errors.println("ecom: " + told.getMessage());
            System.exit(FAILED);
        } catch (RuntimeException unforeseen) {
            // With standard error in the functions' log by now, the stack trace is for whoever looks there.
            unforeseen.printStackTrace();
            errors.println("ecom: " + arguments[0] + " ended by a fault of its own: " + unforeseen);
            System.exit(FAILED);
        }
    }
}

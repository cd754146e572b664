package tg.ecom.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import tg.ecom.client.ClientException;
import tg.ecom.client.Ecom;
import tg.ecom.client.Machine;

/** The program behind {@code ./ecom demo}. Exit code 0 when each step of the story did what it says. */
public final class Main {
    private static final int PORT_DEFAULT = 8080;
    private static final int PORT_MAX = 65_535;
    private static final int FAILED = 1;

    private Main() {}

    /** Plays the story with the Ecom that is up, or with one that it starts and ends. */
    public static void main(String[] arguments) {
        try {
            System.exit(run(Options.of(List.of(arguments)), System.out) ? 0 : FAILED);
        } catch (IllegalArgumentException told) {
            System.err.println("ecom: " + told.getMessage());
            System.exit(FAILED);
        }
    }

    /**
     * What the command line says.
     *
     * @param data where an Ecom that is started keeps everything
     * @param plain whether nothing is coloured, even in a terminal
     */
    record Options(int port, Path data, boolean plain) {
        static Options of(List<String> arguments) {
            int port = PORT_DEFAULT;
            Path data = root().resolve(".ecom");
            boolean plain = false;
            Iterator<String> rest = arguments.iterator();
            while (rest.hasNext()) {
                String option = rest.next();
                switch (option) {
                    case "--port" -> port = port(rest.hasNext() ? rest.next() : "");
                    case "--data" ->
                        data = Path.of(required(option, rest.hasNext() ? rest.next() : ""))
                                .toAbsolutePath();
                    case "--plain" -> plain = true;
                    default -> throw new IllegalArgumentException("./ecom demo has no option " + option + ".");
                }
            }
            return new Options(port, data, plain);
        }

        private static String required(String option, String value) {
            if (value.isEmpty()) {
                throw new IllegalArgumentException(option + " needs a value.");
            }
            return value;
        }

        private static int port(String value) {
            if (!value.matches("[1-9]\\d{0,4}") || Integer.parseInt(value) > PORT_MAX) {
                throw new IllegalArgumentException(
                        "--port takes a number from 1 to " + PORT_MAX + ", not " + value + ".");
            }
            return Integer.parseInt(value);
        }
    }

    static boolean run(Options options, PrintStream out) {
        Narrator narrator = new Narrator(out, !options.plain() && isTerminal());
        Ecom running = new Ecom("http://127.0.0.1:" + options.port());
        if (running.isReady()) {
            return play(running, narrator);
        }
        out.println("Starting Ecom on this machine ...");
        try (Machine machine = Machine.start(settings(options))) {
            boolean well = play(machine.ecom(), narrator);
            out.println("  ./ecom up has it all as the story left it; the console is at /.");
            return well;
        } catch (ClientException told) {
            narrator.end(false, told.getMessage());
            return false;
        }
    }

    private static boolean play(Ecom ecom, Narrator narrator) {
        long began = System.nanoTime();
        try {
            Story.told(ecom, narrator).play();
            narrator.end(true, "Each step did what it says, in %.1f s.".formatted((System.nanoTime() - began) / 1e9));
            return true;
        } catch (StoryException | ClientException different) {
            narrator.end(false, different.getMessage());
            return false;
        }
    }

    private static Machine.Settings settings(Options options) {
        return new Machine.Settings(
                root(), options.data(), root().resolve("demo/target/up.log"), options.port(), List.of());
    }

    private static Path root() {
        return Path.of(System.getProperty("ecom.root", "")).toAbsolutePath();
    }

    // Error Prone knows JDK 22 to 24, where there always was a console; since JDK 25 there is none again without a
    // terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal();
    }
}

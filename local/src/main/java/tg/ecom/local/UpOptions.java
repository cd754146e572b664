package tg.ecom.local;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tg.ecom.local.template.Stack;

/**
 * The options of {@code ./ecom up}.
 *
 * @param port of the one address, on 127.0.0.1
 * @param data where everything is kept
 * @param fresh whether to forget what is kept
 * @param isolated names of functions that run in processes of their own
 * @param demo whether to load a small Lomé
 */
public record UpOptions(int port, Path data, boolean fresh, Set<String> isolated, boolean demo) {
    private static final int PORT_DEFAULT = 8080;

    /** Without the demo. */
    public UpOptions(int port, Path data, boolean fresh, Set<String> isolated) {
        this(port, data, fresh, isolated, false);
    }

    /** Reads the options of a command line. @throws UsageException for one that there is not */
    static UpOptions parse(List<String> arguments) {
        int port = PORT_DEFAULT;
        Path data = Project.root().resolve(".ecom");
        boolean fresh = false;
        Set<String> isolated = new HashSet<>();
        boolean demo = false;
        OptionReader reader = new OptionReader(arguments);
        while (reader.hasNext()) {
            String option = reader.next();
            switch (option) {
                case "--port" -> port = reader.port(option);
                case "--data" -> data = Path.of(reader.value(option)).toAbsolutePath();
                case "--fresh" -> fresh = true;
                case "--isolated" -> isolated.add(reader.value(option));
                case "--demo" -> demo = true;
                default -> throw new UsageException("./ecom up has no option " + option + "; ./ecom help lists them.");
            }
        }
        return new UpOptions(port, data, fresh, isolated, demo);
    }

    /** Whether there is each function to isolate. @throws UsageException when one is in no template */
    void requireFunctions(Stack stack) {
        Set<String> known = new TreeSet<>();
        stack.all(Stack::functions).forEach(function -> known.add(function.name()));
        for (String name : isolated) {
            if (!known.contains(name)) {
                throw new UsageException(
                        "There is no function " + name + " to isolate; there are " + String.join(", ", known) + ".");
            }
        }
    }
}

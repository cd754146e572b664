package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tg.ecom.local.StateMachines;
import tg.ecom.local.template.Stack;
import tg.ecom.local.template.StateMachineDefinition;

/** The definitions of state machines, which `sam validate` does not look into. */
class StateMachinesTest {
    private static final Path FOLDER = Repository.ROOT.resolve("statemachines");

    private final Stack stack = Repository.stack();

    @Test
    void everyDefinition_isThereAndRight() {
        // Reading the templates has found the files and every substitution; this finds what is wrong in them.
        new StateMachines(stack.all(Stack::stateMachines)).requireValid();
    }

    @Test
    void everyDefinition_isOfATemplate() throws IOException {
        Set<Path> written = new TreeSet<>();
        if (Files.exists(FOLDER)) {
            try (Stream<Path> files = Files.list(FOLDER)) {
                files.forEach(written::add);
            }
        }
        Set<Path> named = new TreeSet<>();
        stack.all(Stack::stateMachines).stream()
                .map(StateMachineDefinition::file)
                .forEach(named::add);
        assertEquals(named, written);
    }
}

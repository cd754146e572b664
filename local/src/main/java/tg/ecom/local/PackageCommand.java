package tg.ecom.local;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tg.ecom.local.template.ResourceReference;
import tg.ecom.local.template.Stack;
import tg.ecom.local.template.TemplateReader;

/**
 * {@code ./ecom package}: checks what `sam deploy` does not look into, the state machines' definitions, and writes the
 * flat template for {@code sam local}, of what has just been built.
 */
final class PackageCommand {
    private static final String FLAT_TEMPLATE = "target/sam-local.yaml";
    private static final String MACHINE = "host.docker.internal";
    private static final String POSTGRES_PORT = "5432";

    private final PrintStream terminal;

    PackageCommand(PrintStream terminal) {
        this.terminal = terminal;
    }

    void run() {
        Path root = Project.root();
        Stack stack = new TemplateReader(
                        root.resolve("template.yaml"),
                        "ecom",
                        Map.of(
                                "Stage",
                                "local",
                                "PublicBaseUrl",
                                "http://127.0.0.1:3000",
                                "DatabaseSslMode",
                                "disable"),
                        PackageCommand::besideTheContainer)
                .read();
        new StateMachines(stack.all(Stack::stateMachines)).requireValid();
        Path flat = root.resolve(FLAT_TEMPLATE);
        try {
            Files.createDirectories(flat.getParent());
            Files.writeString(flat, new FlatTemplate(stack, flat.getParent()).yaml());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(flat + " can't be written", unwritable);
        }
        terminal.println("What sam deploy uploads is built: the zips that the templates name.");
        terminal.println("  sam deploy --config-env dev");
        terminal.println(
                "  sam local invoke --template " + FLAT_TEMPLATE + " WalletTransfer --event events/http-api.json");
    }

    /** {@code sam local} runs functions in containers: what they need listens on the machine outside. */
    private static Optional<String> besideTheContainer(ResourceReference reference) {
        return Optional.ofNullable(
                switch (reference.type() + "." + reference.attribute()) {
                    case "AWS::RDS::DBCluster.Endpoint.Address",
                            "AWS::RDS::DBCluster.ReadEndpoint.Address",
                            "AWS::RDS::DBProxy.Endpoint" -> MACHINE;
                    case "AWS::RDS::DBCluster.Endpoint.Port" -> POSTGRES_PORT;
                    default -> null;
                });
    }
}

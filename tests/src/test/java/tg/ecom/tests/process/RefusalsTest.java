package tg.ecom.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tg.ecom.client.FreePorts;

/** What {@code ./ecom} can't do it says in a sentence and ends with exit code 1, and nothing is lost. */
class RefusalsTest {
    @TempDir
    Path directory;

    private Tree tree;
    private Path data;

    @BeforeEach
    void prepare() {
        tree = Tree.built(directory.resolve("project"));
        data = directory.resolve("data");
    }

    @Test
    void takenPort_isNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.createDirectories(data);
            Files.writeString(data.resolve("ecom-data"), "");
            Files.writeString(data.resolve("kept"), "of an earlier run");

            refused(
                    Integer.toString(taken.getLocalPort()),
                    "up",
                    "--data",
                    data.toString(),
                    "--fresh",
                    "--port",
                    Integer.toString(taken.getLocalPort()));

            assertTrue(Files.exists(data.resolve("kept")), "nothing is forgotten by a start that is refused");
        }
    }

    @Test
    void somebodysDirectory_isLeftAsItWas() throws IOException {
        Files.createDirectories(data);
        Files.writeString(data.resolve("thesis.txt"), "years of work");

        refused("was not made by ./ecom up", "up", "--data", data.toString(), "--fresh");

        assertEquals(Map.of("thesis.txt", "years of work"), contents(data));
    }

    @Test
    void fileInPlaceOfTheDirectory_isLeftAsItWas() throws IOException {
        Files.writeString(data, "a letter");

        refused("is not a directory", "up", "--data", data.toString());

        assertEquals("a letter", Files.readString(data));
    }

    @Test
    void damagedData_isLeftAsItWas() throws IOException {
        Path server = data.resolve("postgresql/data");
        Files.createDirectories(server);
        Files.writeString(data.resolve("ecom-data"), "");
        Files.writeString(server.resolve("garbage"), "not PostgreSQL's");

        refused("PG_VERSION is missing", "up", "--data", data.toString(), "--port", port());
        Files.writeString(server.resolve("PG_VERSION"), "17\n");
        Files.createDirectories(server.resolve("global"));
        Files.writeString(server.resolve("global/pg_control"), "cut off");
        refused("start over with `./ecom up --fresh`", "up", "--data", data.toString(), "--port", port());

        assertEquals(
                Map.of("garbage", "not PostgreSQL's", "PG_VERSION", "17\n", "global/pg_control", "cut off"),
                contents(server));
    }

    @Test
    void templateThatIsNoYaml_isNamed() {
        tree.replace("functions/wallet/template.yaml", "Parameters:", "Parameters: [");
        refused("functions/wallet/template.yaml", "up", "--data", data.toString());
    }

    @Test
    void referenceToNothing_isNamed() {
        tree.replace("functions/wallet/template.yaml", "ECOM_STAGE: !Ref Stage", "ECOM_STAGE: !Ref Scene");
        refused("Scene", "up", "--data", data.toString());
    }

    @Test
    void codeThatIsNotThere_isNamed() {
        tree.replace("functions/wallet/template.yaml", "target/wallet.zip", "target/purse.zip");
        refused("purse.zip", "up", "--data", data.toString());
    }

    @Test
    void stateThatIsWrong_isNamedWithItsFileAndTheReason() {
        tree.replace("functions/wallet/template.yaml", "Resources:\n", """
                Resources:
                  Ride:
                    Type: AWS::Serverless::StateMachine
                    Properties: {DefinitionUri: ride.asl.json, DefinitionSubstitutions: {Saga: saga}}
                """);
        tree.write("functions/wallet/ride.asl.json", """
                {"QueryLanguage": "JSONata", "StartAt": "Offer", "States": {"Offer": {
                  "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {"FunctionName": "${Saga}"},
                  "Next": "Nowhere"}}}
                """);
        refused("functions/wallet/ride.asl.json, state Offer, Next: ", "up", "--data", data.toString());
        refused("Nowhere", "package");
        assertFalse(Files.exists(data.resolve("postgresql")), "nothing is started before");
    }

    @Test
    void definitionThatIsNotThere_isNamed() {
        tree.replace("functions/wallet/template.yaml", "Resources:\n", """
                Resources:
                  Ride: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: ride.asl.json}}
                """);
        refused(
                "functions/wallet/template.yaml, Ride: DefinitionUri ride.asl.json does not exist",
                "up",
                "--data",
                data.toString());
    }

    @Test
    void optionsThatThereAreNot_areNamed() {
        refused("./ecom states needs --port N", "states");
        refused("./ecom states needs --lambda-endpoint URL", "states", "--port", "8083");
        refused("takes an http or https address, not nowhere", "states", "--lambda-endpoint", "nowhere");
        refused("--fresh", "states", "--fresh");
        refused("--prot", "up", "--prot", "80");
        refused("65535", "up", "--port", "eighty");
        refused("65535", "up", "--port", "65536");
        refused("--port needs a value", "up", "--port");
        refused("'upp'", "upp");
        refused("There is no function nobody to isolate", "up", "--data", data.toString(), "--isolated", "nobody");
    }

    @Test
    void missingJdk_isSaid() throws IOException {
        Path empty = Files.createDirectories(directory.resolve("empty"));
        Map<String, String> machine =
                Map.of("JAVA_HOME", empty.toString(), "ECOM_JDK_ROOTS", empty.toString(), "PATH", commands());

        refused(machine, "no JDK 25 was found", "up", "--data", data.toString());

        assertFalse(Files.exists(data));
    }

    @Test
    void missingOrOldMaven_isSaid() throws IOException {
        tree = Tree.unbuilt(directory.resolve("unbuilt"));
        refused(Map.of("PATH", commands()), "Maven was not found", "up", "--data", data.toString());

        script("mvn", "echo 'Apache Maven 3.6.3 (of 2019)'");
        refused(Map.of("PATH", commands()), "Maven 3.6.3 is too old", "up", "--data", data.toString());

        script("mvn", "exit 1");
        refused(Map.of("PATH", commands()), "does not start", "up", "--data", data.toString());
    }

    @Test
    void helpIsGivenForEachCommand_withoutBuilding() {
        tree = Tree.unbuilt(directory.resolve("unbuilt"));
        for (String command : new String[] {"help", "up", "soak", "test"}) {
            try (Program program = tree.start(Map.of(), command, "--help")) {
                assertEquals(0, program.exitCode(), program.errors());
                assertTrue(program.output().startsWith("Usage: ./ecom COMMAND"), program.output());
            }
        }
    }

    private void refused(String sentence, String... arguments) {
        refused(Map.of(), sentence, arguments);
    }

    private void refused(Map<String, String> environment, String sentence, String... arguments) {
        refused(tree, environment, sentence, arguments);
    }

    static void refused(Tree tree, Map<String, String> environment, String sentence, String... arguments) {
        try (Program program = tree.start(environment, arguments)) {
            int exitCode = program.exitCode();
            String errors = program.errors();
            assertEquals(1, exitCode, errors);
            assertTrue(errors.contains("ecom: ") && errors.contains(sentence), errors);
            assertFalse(errors.contains("\tat ") || errors.contains("Exception"), errors);
        }
    }

    private static String port() {
        return Integer.toString(FreePorts.one());
    }

    /** A folder with nothing but the commands that the launcher stands on, for the PATH. */
    private String commands() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("commands"));
        for (String name : new String[] {
            "bash",
            "dirname",
            "readlink",
            "grep",
            "sed",
            "head",
            "sort",
            "find",
            "cksum",
            "cut",
            "cat",
            "mkdir",
            "mktemp",
            "touch",
            "rm"
        }) {
            Path link = folder.resolve(name);
            Path program = Stream.of("/usr/bin", "/bin")
                    .map(place -> Path.of(place, name))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, program);
            }
        }
        return folder.toString();
    }

    private void script(String name, String line) throws IOException {
        Path script = directory.resolve("commands").resolve(name);
        Files.writeString(script, "#!/bin/sh\n" + line + "\n");
        assertTrue(script.toFile().setExecutable(true));
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        return contents;
    }
}

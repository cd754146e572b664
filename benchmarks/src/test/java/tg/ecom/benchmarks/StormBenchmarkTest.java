package tg.ecom.benchmarks;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tg.ecom.local.UsageException;

class StormBenchmarkTest {
    private static final Path ROOT = Path.of("ecom-here");

    @Test
    void nothingAsked_isAMinuteByAnySeed() {
        List<String> command = new StormBenchmark().command(ROOT);
        assertTrue(command.contains("-Dchaos.seconds=60"), command::toString);
        assertTrue(command.stream().noneMatch(part -> part.startsWith("-Dseed")), command::toString);
    }

    @Test
    void lengthAndSeed_areTaken() {
        List<String> command = new StormBenchmark()
                .with(List.of("--seconds", "600", "--seed", "5"))
                .command(ROOT);
        assertTrue(command.containsAll(List.of("-Dchaos.seconds=600", "-Dseed=5")), command::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--seconds 0", "--seconds", "--seconds long", "--seed -1", "--entries 5"})
    void whatCantBeUsed_isSaidAtOnce(String options) {
        assertThrows(UsageException.class, () -> new StormBenchmark().with(List.of(options.split(" "))));
    }
}

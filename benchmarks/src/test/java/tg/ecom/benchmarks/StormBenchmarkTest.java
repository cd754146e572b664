package tg.ecom.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tg.ecom.local.UsageException;

class StormBenchmarkTest {
    @Test
    void lengthAndSeed_areTaken() {
        assertEquals(
                "storm",
                new StormBenchmark()
                        .with(List.of("--seconds", "600", "--seed", "5"))
                        .name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--seconds 0", "--seconds", "--seconds long", "--seed -1", "--entries 5"})
    void whatCantBeUsed_isSaidAtOnce(String options) {
        assertThrows(UsageException.class, () -> new StormBenchmark().with(List.of(options.split(" "))));
    }
}

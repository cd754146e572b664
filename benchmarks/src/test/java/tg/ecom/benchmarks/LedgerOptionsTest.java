package tg.ecom.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tg.ecom.benchmarks.LedgerOptions.Part;
import tg.ecom.local.UsageException;

class LedgerOptionsTest {
    @TempDir
    private Path directory;

    @Test
    void nothingAsked_isAllOfIt_butPgledgerWhoseSqlIsNotHere() {
        assertEquals(
                new LedgerOptions(Optional.empty(), 10_000_000, 3, Set.of(Part.RANDOM, Part.HOT, Part.BULK, Part.FULL)),
                parse());
    }

    @Test
    void options_areRead_andPartsAddUp() throws IOException {
        Path sql = Files.writeString(directory.resolve("pgledger.sql"), "select 1");
        assertEquals(
                new LedgerOptions(Optional.of(sql), 200_000, 1, Set.of(Part.HOT, Part.FULL)),
                parse(
                        "--only",
                        "full",
                        "--pgledger",
                        sql.toString(),
                        "--entries",
                        "200000",
                        "--seconds",
                        "1",
                        "--only",
                        "hot"));
    }

    @Test
    void whatCantBeUsed_isRefusedInASentence() {
        assertRefused("./ecom bench ledger has no option --fast; ./ecom help lists them.", "--fast");
        assertRefused("--only needs a value.", "--only");
        assertRefused("--only takes random, hot, bulk, full, not cold.", "--only", "cold");
        assertRefused("--seconds takes a number from 1 to 30, not 0.", "--seconds", "0");
        assertRefused("--entries takes a number from 200000 to 100000000, not many.", "--entries", "many");
        assertRefused(
                "--pgledger takes a file of SQL; " + directory + " is none that can be read.",
                "--pgledger",
                directory.toString());
    }

    @Test
    void benchmarkWithoutOptions_refusesAny() {
        Benchmark states = new StatesBenchmark();
        assertEquals(states, states.with(List.of()));
        UsageException refusal = assertThrows(UsageException.class, () -> states.with(List.of("--seconds", "1")));
        assertEquals("./ecom bench states takes no options, and no --seconds.", refusal.getMessage());
    }

    private static void assertRefused(String sentence, String... arguments) {
        assertEquals(
                sentence,
                assertThrows(UsageException.class, () -> parse(arguments)).getMessage());
    }

    private static LedgerOptions parse(String... arguments) {
        return LedgerOptions.parse(List.of(arguments));
    }
}

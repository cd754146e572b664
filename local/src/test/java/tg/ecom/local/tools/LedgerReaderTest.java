package tg.ecom.local.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tg.ecom.local.parts.PostgresServer;

final class LedgerReaderTest {
    private static PostgresServer postgres;
    private static LedgerReader reader;

    @BeforeAll
    static void start(@TempDir Path directory) {
        postgres = PostgresServer.start(directory, 0);
        reader = new LedgerReader(() -> Map.of(
                "ECOM_DATABASE_HOST",
                postgres.host(),
                "ECOM_DATABASE_PORT",
                Integer.toString(postgres.port()),
                "ECOM_DATABASE_NAME",
                PostgresServer.PRODUCT_DATABASE,
                "ECOM_DATABASE_USER",
                PostgresServer.ADMINISTRATOR));
    }

    @AfterAll
    static void end() {
        postgres.close();
    }

    @Test
    void rowBecomesAnObject_withNumbersTimesTextsAndWhatIsMissing() {
        String query = """
                select
                    cast(:amount as bigint) as amount, null::bigint as sequence, null::text as note,
                    '2026-01-02 03:04:05+00'::timestamptz as created_at, 'active' as status
                """;
        assertEquals(
                """
                [{"amount":9007199254740993,"sequence":null,"note":null,"created_at":"2026-01-02T03:04:05Z",\
                "status":"active"}]""",
                reader.rows(query, Map.of("amount", 9_007_199_254_740_993L)).toString());
    }

    @Test
    void nothingCanBeWritten_notEvenByWhoMayDoEverything() {
        JdbiException refused =
                assertThrows(JdbiException.class, () -> reader.rows("select pg_catalog.lo_create(0)", Map.of()));
        assertTrue(refused.getMessage().contains("read-only transaction"), refused::getMessage);
    }
}

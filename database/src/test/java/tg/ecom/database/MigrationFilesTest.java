package tg.ecom.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What no migration may contain, and how each is named. */
class MigrationFilesTest {
    private static final Pattern NAME = Pattern.compile("V\\d{3}__[a-z0-9]+(_[a-z0-9]+)*\\.sql");

    /** Times are parameters: there is one clock, and tests move it. */
    private static final Pattern SERVER_CLOCK = Pattern.compile(
            "\\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\\s*\\("
                    + "|\\b(current_timestamp|current_date|current_time|localtime|localtimestamp)\\b",
            Pattern.CASE_INSENSITIVE);

    /** RDS Proxy keeps a client on one connection after these. */
    private static final Pattern PINNING = Pattern.compile(
            "^\\s*set\\s+\\w+\\s*(=|\\bto\\b)\\s*'?\\w+'?;|"
                    + "\\bset_config\\s*\\(|\\btemp(orary)?\\s+(table|view|sequence)\\b"
                    + "|\\bpg_(try_)?advisory_lock|^\\s*(listen|declare\\s+\\w+\\s+cursor)\\b|\\bnextval\\s*\\(",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private static final Pattern DEFINER =
            Pattern.compile("security definer(?! set search_path = pg_catalog, pg_temp)");

    static List<Path> migrations() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("migrations")
    void migration_asksNoServerForTheTimeAndPinsNoConnection(Path migration) throws IOException {
        String sql = withoutComments(Files.readString(migration));

        assertAbsent(SERVER_CLOCK, sql);
        assertAbsent(PINNING, sql);
    }

    @ParameterizedTest
    @MethodSource("migrations")
    void functionWithItsOwnersRights_fixesWhereItLooksForNames(Path migration) throws IOException {
        assertAbsent(DEFINER, withoutComments(Files.readString(migration)));
    }

    @ParameterizedTest
    @MethodSource("migrations")
    void migration_isNumberedAndDescribed(Path migration) {
        assertTrue(NAME.matcher(migration.getFileName().toString()).matches(), migration::toString);
    }

    @ParameterizedTest
    @MethodSource("migrations")
    void numbers_areNotTakenTwice(Path migration) throws IOException {
        String number = migration.getFileName().toString().substring(0, 4);

        assertEquals(
                1,
                migrations().stream()
                        .filter(other -> other.getFileName().toString().startsWith(number))
                        .count());
    }

    private static void assertAbsent(Pattern pattern, String sql) {
        Matcher found = pattern.matcher(sql);
        assertFalse(found.find(), () -> "found: " + found.group());
    }

    private static String withoutComments(String sql) {
        return sql.replaceAll("--[^\n]*", "");
    }
}

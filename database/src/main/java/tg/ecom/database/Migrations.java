package tg.ecom.database;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;

/** The numbered migrations of db/migration, and how they are run: forward only. */
public final class Migrations {
    /**
     * Each retry waits twice as long as the one before, from 1 s: an Aurora that had paused takes up to half a minute.
     */
    private static final int CONNECT_RETRIES_MAX = 5;

    private Migrations() {}

    /**
     * Runs what has not run yet. Two runs at once are one after the other.
     *
     * @param url JDBC address of the database
     * @param user who may create schemas and roles in it
     * @param password theirs; empty where PostgreSQL trusts the address
     * @return what was done
     * @throws org.flywaydb.core.api.FlywayException when a migration fails, or one that had run was changed since
     */
    public static Outcome run(String url, String user, String password) {
        MigrateResult result = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(url, user, password)
                .locations("classpath:db/migration")
                .connectRetries(CONNECT_RETRIES_MAX)
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                .load()
                .migrate();
        String version = result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion;
        return new Outcome(result.migrationsExecuted, version);
    }

    /**
     * What a run did.
     *
     * @param executed how many migrations ran
     * @param version the newest that has run
     */
    public record Outcome(int executed, String version) {}
}

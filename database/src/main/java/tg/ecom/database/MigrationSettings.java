package tg.ecom.database;

import tg.ecom.platform.DatabaseTrust;

/**
 * Where to migrate, and as whom.
 *
 * @param databaseHost the cluster's own host, never the proxy's
 * @param databasePort its port
 * @param databaseName the database
 * @param databaseSslMode libpq's sslmode
 * @param databaseAdminSecret ARN of the secret with the master user's {@code username} and {@code password}
 */
public record MigrationSettings(
        String databaseHost,
        int databasePort,
        String databaseName,
        String databaseSslMode,
        String databaseAdminSecret) {

    /** What the driver connects to. */
    String url() {
        return "jdbc:postgresql://%s:%d/%s?sslmode=%s&sslfactory=%s"
                .formatted(databaseHost, databasePort, databaseName, databaseSslMode, DatabaseTrust.class.getName());
    }
}

package tg.ecom.database;

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

    /** Certificates are checked against the Java runtime's own authorities, so that no file has to be brought along. */
    String url() {
        return "jdbc:postgresql://%s:%d/%s?sslmode=%s&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory"
                .formatted(databaseHost, databasePort, databaseName, databaseSslMode);
    }
}

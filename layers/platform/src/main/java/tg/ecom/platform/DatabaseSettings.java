package tg.ecom.platform;

/**
 * Where PostgreSQL is and as whom to log in; the password is an IAM token, made at each connection.
 *
 * @param databaseHost the proxy's or the cluster's host
 * @param databasePort its port
 * @param databaseName the database
 * @param databaseUser the role of this function's domain
 * @param databaseSslMode libpq's sslmode, {@code verify-full} wherever there is a network between
 */
public record DatabaseSettings(
        String databaseHost, int databasePort, String databaseName, String databaseUser, String databaseSslMode) {}

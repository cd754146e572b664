package tg.ecom.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import tg.ecom.client.FreePorts;
import tg.ecom.database.Migrations;

/** The one PostgreSQL of this JVM, and in it a migrated database that each test's is copied from. */
public final class PostgresServer {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int PORT = start();

    private PostgresServer() {}

    /** On 127.0.0.1. */
    public static int port() {
        return PORT;
    }

    /** Makes a database. @return its name */
    public static String newDatabase() {
        String name = "test_" + NUMBER.incrementAndGet();
        superuser("postgres").useHandle(handle -> handle.execute("create database " + name + " template migrated"));
        return name;
    }

    /** Drops a database, so that the server has nothing to write out when it ends. */
    public static void drop(String name) {
        superuser("postgres").useHandle(handle -> handle.execute("drop database " + name + " with (force)"));
    }

    /** The settings, to be added to, of a function that logs in to a database by a role of ours. */
    public static Map<String, String> settings(String database, String role) {
        return new HashMap<>(Map.of(
                "ECOM_STAGE",
                "test",
                "ECOM_DATABASE_HOST",
                "127.0.0.1",
                "ECOM_DATABASE_PORT",
                Integer.toString(PORT),
                "ECOM_DATABASE_NAME",
                database,
                "ECOM_DATABASE_USER",
                role,
                "ECOM_DATABASE_SSL_MODE",
                "disable"));
    }

    /** As nobody of ours is: with every right. */
    public static Jdbi superuser(String database) {
        return Jdbi.create("jdbc:postgresql://127.0.0.1:" + PORT + "/" + database, "postgres", "");
    }

    private static int start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setPort(FreePorts.one())
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("fsync", "off")
                    .start();
            Jdbi.create(server.getJdbcUrl("postgres", "postgres"))
                    .useHandle(handle -> handle.execute("create database migrated"));
            Migrations.run(server.getJdbcUrl("postgres", "migrated"), "postgres", "");
            return server.getPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

package tg.ecom.benchmarks;

import java.util.Map;
import tg.ecom.local.parts.PostgresServer;

/** A server like that of {@code ./ecom up}, durable, of a benchmark's own; it is deleted with all that is in it. */
final class TemporaryPostgres implements AutoCloseable {
    private static final int ANY_PORT = 0;

    private final TemporaryDirectory data;
    private final PostgresServer server;

    private TemporaryPostgres(TemporaryDirectory data, PostgresServer server) {
        this.data = data;
        this.server = server;
    }

    /** Starts one with settings beside those that every server of ours has. */
    static TemporaryPostgres start(Map<String, String> settings) {
        TemporaryDirectory data = TemporaryDirectory.make();
        try {
            return new TemporaryPostgres(
                    data, PostgresServer.start(data.path().resolve("postgresql"), ANY_PORT, settings));
        } catch (RuntimeException failed) {
            data.close();
            throw failed;
        }
    }

    PostgresServer server() {
        return server;
    }

    @Override
    public void close() {
        try {
            server.close();
        } finally {
            data.close();
        }
    }
}

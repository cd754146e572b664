package tg.ecom.ledger;

import java.time.InstantSource;
import java.util.Map;
import tg.ecom.platform.Database;
import tg.ecom.platform.DatabaseSettings;
import tg.ecom.platform.EventFunction;
import tg.ecom.platform.FunctionRuntime;

/** A function that does nothing but have platform's connection, made as every function's is. */
final class Connecting {
    static {
        // The log-in token is signed as in the cloud; nobody checks it here.
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
    }

    private final Database database;

    Connecting(Map<String, String> environment) {
        try {
            database = FunctionRuntime.within(environment, InstantSource.system(), () -> new Bare().connection());
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    Database database() {
        return database;
    }

    private record Nothing() {}

    private static final class Bare extends EventFunction<Nothing> {
        Bare() {
            super(DatabaseSettings.class);
        }

        Database connection() {
            return database();
        }

        @Override
        protected void handle(Nothing event) {}
    }
}

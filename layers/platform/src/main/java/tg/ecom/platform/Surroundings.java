package tg.ecom.platform;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.crac.Resource;

/**
 * What one function instance has around it: settings, clock, connections. Connections are made when first asked for.
 */
public final class Surroundings {
    private final FunctionRuntime runtime = FunctionRuntime.current();
    private final Failpoints failpoints = new Failpoints(runtime.failpoint());
    private final Settings settings;
    private final Aws aws;
    private final Secrets secrets;
    private final Lazy<Database> database;
    private final Lazy<KeyedHash> keyedHash;
    private final Lazy<Vault> vault;
    private final Lazy<Sagas> sagas;

    private Resource priming;

    /**
     * The surroundings that {@link FunctionRuntime#current} gives.
     *
     * @param declared the records of settings that are needed
     * @throws IllegalStateException when a setting is missing, unknown or malformed, with all of them named
     */
    public Surroundings(List<Class<? extends Record>> declared) {
        settings = Settings.read(runtime.environment(), declared);
        aws = new Aws(runtime.environment(), failpoints);
        secrets = new Secrets(aws, runtime.clock());
        database = new Lazy<>(() -> new Database(settings.get(DatabaseSettings.class), aws, failpoints));
        keyedHash = new Lazy<>(
                () -> new KeyedHash(secrets, settings.get(HashingSettings.class).hashingKeySecret()));
        vault = new Lazy<>(() -> new Vault(aws, settings.get(VaultSettings.class)));
        sagas = new Lazy<>(() -> new Sagas(database.get(), aws, clock()));
    }

    /** The settings of a record that the function declared. */
    public <T extends Record> T settings(Class<T> type) {
        return settings.get(type);
    }

    /** The time that everything goes by, in microseconds: what is answered is then what PostgreSQL will have kept. */
    public InstantSource clock() {
        return () -> runtime.clock().instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Clients of AWS. */
    public Aws aws() {
        return aws;
    }

    /** The places where this instance may be ended by a test. */
    public Failpoints failpoints() {
        return failpoints;
    }

    /** Secrets, remembered for a while. */
    public Secrets secrets() {
        return secrets;
    }

    /** This instance's connection to PostgreSQL. */
    public Database database() {
        return database.get();
    }

    /** Hashes of what is looked up but not stored in the clear. */
    public KeyedHash keyedHash() {
        return keyedHash.get();
    }

    /** Encryption of sensitive columns. */
    public Vault vault() {
        return vault.get();
    }

    /** Starts of sagas, and news for their waiting tasks. */
    public Sagas sagas() {
        return sagas.get();
    }

    /** Has the rehearsal run before each snapshot; kept here because CRaC's registry holds on to nothing. */
    void primeWith(Runnable rehearsal) {
        priming = Priming.register(this, rehearsal);
    }

    /** What CRaC calls around each snapshot. */
    Resource priming() {
        return priming;
    }

    /** Drops what must not be in a snapshot. */
    void disconnect() {
        database.ifMade(Database::disconnect);
    }

    /** Drops what a snapshot may have made old. */
    void forget() {
        secrets.forget();
    }
}

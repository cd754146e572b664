package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import tg.ecom.client.FreePorts;
import tg.ecom.database.Migrations;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.SessionId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.kernel.WalletId;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Database;
import tg.ecom.platform.IdempotencyKey;
import tg.ecom.platform.Role;
import tg.ecom.platform.Visitor;

/** A migrated database of its own on the one PostgreSQL of this JVM, people in it, and a clock that a test moves. */
final class Books {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final AtomicInteger PHONES = new AtomicInteger(90_000_000);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
    private final InstantSource clock = now::get;
    private final int port;
    private final String name;

    private Books(int port, String name) {
        this.port = port;
        this.name = name;
    }

    /** Empty books: nothing but the wallets of Ecom itself. */
    static Books open() {
        String name = "books_" + NUMBER.incrementAndGet();
        Jdbi.create(url(Server.PORT, "postgres"), "postgres", "").useHandle(handle -> {
            handle.execute("create database " + name + " template migrated");
        });
        return new Books(Server.PORT, name);
    }

    /** Empty books on a server of a test's own. */
    static Books on(EmbeddedPostgres server) {
        return on(server.getPort());
    }

    /** Empty books on a server that is reached by a port. */
    static Books on(int port) {
        Migrations.run(url(port, "postgres"), "postgres", "");
        return new Books(port, "postgres");
    }

    Instant now() {
        return now.get();
    }

    void moveTo(String time) {
        now.set(Instant.parse(time));
    }

    void advance(Duration by) {
        now.updateAndGet(time -> time.plus(by));
    }

    InstantSource clock() {
        return clock;
    }

    /** A connection of its own as a domain's role. A function instance has one, so has a thread of a test. */
    Database database(String role) {
        return new Connecting(Map.of(
                        "ECOM_STAGE",
                        "test",
                        "ECOM_DATABASE_HOST",
                        "127.0.0.1",
                        "ECOM_DATABASE_PORT",
                        Integer.toString(port),
                        "ECOM_DATABASE_NAME",
                        name,
                        "ECOM_DATABASE_USER",
                        role,
                        "ECOM_DATABASE_SSL_MODE",
                        "disable"))
                .database();
    }

    Ledger ledger() {
        return new Ledger(database("ecom_wallet"), clock);
    }

    Ledger ledger(ZoneId zone) {
        return new Ledger(database("ecom_wallet"), clock, zone);
    }

    /** As those who sign people up see it. */
    Directory directory() {
        return directory("ecom_auth");
    }

    /** As a domain's role sees it. */
    Directory directory(String role) {
        return new Directory(database(role), phone -> phone.e164().getBytes(StandardCharsets.UTF_8), clock);
    }

    Sessions sessions() {
        return new Sessions(database("ecom_auth"), clock);
    }

    Seals seals() {
        return new Seals(database("ecom_wallet"), clock);
    }

    Journal journal() {
        return new Journal(database("ecom_wallet"));
    }

    Verification verify() {
        return new Verifier(database("ecom_wallet")).verify();
    }

    /** Every chain, seal, sum and balance is right. */
    void assertSound() {
        Verification verification = verify();
        assertTrue(verification.ok(), verification::toString);
        assertEquals(0, verification.sum());
    }

    /** Statements as the server's superuser, who can do what no code of ours can. */
    Jdbi superuser() {
        return Jdbi.create(url(port, name), "postgres", "");
    }

    /** A role's bare connection. */
    Jdbi as(String role) {
        return Jdbi.create(url(port, name), role, "");
    }

    /** The only value of a statement. */
    long number(String sql, Object... parameters) {
        return superuser().withHandle(handle -> one(handle, sql, parameters));
    }

    private static long one(Handle handle, String sql, Object... parameters) {
        var query = handle.createQuery(sql);
        for (int i = 0; i < parameters.length; i++) {
            query.bind(i, parameters[i]);
        }
        return query.mapTo(Long.class).one();
    }

    /** A person with an empty wallet. */
    Caller person(String displayName) {
        UserId user = new UserId(Uuid7.next(clock));
        directory().register(user, Phone.of("+228" + PHONES.incrementAndGet()), displayName);
        return caller(user, 0);
    }

    /** A person whose wallet has money from YAS. */
    Caller person(String displayName, long amount) {
        Caller person = person(displayName);
        ledger().post(Posting.funding(PaymentMethod.YAS, person.wallet(), new Money(amount)))
                .orThrow();
        return person;
    }

    Caller caller(UserId user, int epoch) {
        return new Caller(
                user,
                Set.of(Role.CLIENT),
                new SessionId(Uuid7.next(clock)),
                epoch,
                new Visitor(Language.FRENCH, "127.0.0.1", "test"),
                Optional.empty());
    }

    /** The same person with an idempotency key. */
    static Caller keyed(Caller caller, String key, String bodyHash) {
        return new Caller(
                caller.user(),
                caller.roles(),
                caller.session(),
                caller.epoch(),
                caller.visitor(),
                Optional.of(new IdempotencyKey(caller.user(), "transfer", key, bodyHash)));
    }

    static WalletId nobody() {
        return new WalletId(UUID.fromString("01900000-0000-7000-8000-00000000dead"));
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The one server, and in it the database that each test's is copied from. */
    private static final class Server {
        static final int PORT = start();

        private static int start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setPort(FreePorts.one())
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("fsync", "off")
                        .start();
                Jdbi.create(server.getJdbcUrl("postgres", "postgres")).useHandle(handle -> {
                    handle.execute("create database migrated");
                });
                Migrations.run(server.getJdbcUrl("postgres", "migrated"), "postgres", "");
                return server.getPort();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}

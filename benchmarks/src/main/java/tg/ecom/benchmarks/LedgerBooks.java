package tg.ecom.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import tg.ecom.database.Migrations;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Uuid7;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.Caps;
import tg.ecom.ledger.Category;
import tg.ecom.ledger.EcomWallet;
import tg.ecom.ledger.Ledger;
import tg.ecom.ledger.Posting;
import tg.ecom.local.parts.PostgresServer;

/**
 * A migrated ledger in a database of its own: people with money, of the tier that may send the most, one who has none
 * yet, and a store.
 */
final class LedgerBooks implements AutoCloseable {
    /** How many people have money. Their wallets have the numbers below this one. */
    static final int PEOPLE = 10_000;

    /** The number of the wallet of the person who has no money yet. */
    static final int NEWCOMER = PEOPLE;

    /** The number of the store's wallet, which accumulates. */
    static final int STORE = PEOPLE + 1;

    private static final Duration AGE = Duration.ofDays(365);
    private static final Money FUNDS = new Money(1_000_000);
    private static final int FUNDED_AT_ONCE = 100;
    private static final int DIFFERENCES_MAX = 5;

    private final PostgresServer server;
    private final String database;
    private final List<UUID> wallets;
    private final Jdbi jdbi;

    private LedgerBooks(PostgresServer server, String database, List<UUID> wallets) {
        this.server = server;
        this.database = database;
        this.wallets = wallets;
        this.jdbi = Jdbi.create(server.dataSource(database)).registerArrayType(UUID.class, "uuid");
    }

    /** Makes them, a year old. */
    static LedgerBooks open(PostgresServer server, String database) {
        InstantSource yearAgo = InstantSource.fixed(Instant.now().minus(AGE));
        Jdbi.create(server.dataSource(PostgresServer.ADMINISTRATOR))
                .useHandle(handle -> handle.execute("create database " + database));
        Migrations.run(
                "jdbc:postgresql://%s:%d/%s".formatted(server.host(), server.port(), database),
                PostgresServer.ADMINISTRATOR,
                "");
        List<UUID> wallets =
                Stream.generate(() -> Uuid7.next(yearAgo)).limit(STORE + 1).toList();
        LedgerBooks books = new LedgerBooks(server, database, wallets);
        books.register(yearAgo.instant());
        books.fund(yearAgo);
        return books;
    }

    /** The same books once more, in another database of the same server. */
    LedgerBooks copy(String name) {
        Jdbi.create(server.dataSource(PostgresServer.ADMINISTRATOR)).useHandle(handle -> {
            handle.createQuery("select pg_terminate_backend(pid) from pg_stat_activity where datname = :name")
                    .bind("name", database)
                    .mapTo(Boolean.class)
                    .list();
            handle.execute("create database " + name + " template " + database);
        });
        return new LedgerBooks(server, name, wallets);
    }

    /** The wallet of that number. */
    UUID wallet(int number) {
        return wallets.get(number);
    }

    /** A connection for each client. */
    Connections connect() {
        return new Connections(server, database);
    }

    /** The ledger as a function has it, on a connection of its own. */
    FunctionLedger function() {
        return function(InstantSource.system());
    }

    /** Statements as the superuser, who can do what no code of ours can. */
    Jdbi jdbi() {
        return jdbi;
    }

    /** Runs statements. */
    void execute(String sql) {
        jdbi.useHandle(handle -> handle.execute(sql));
    }

    /** What a query finds, as text. */
    List<String> texts(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    /** The one number that a query finds. */
    long number(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    /** @throws BenchmarkFailure when a query finds another number */
    void requireZero(String sql) {
        long found = number(sql);
        if (found != 0) {
            throw new BenchmarkFailure("This is " + found + ", not 0: " + sql + ".");
        }
    }

    /** How many entries there are. */
    long entries() {
        return number("select count(*) from ledger.entries");
    }

    /** @throws BenchmarkFailure when there are not so many entries, or they don't sum to zero */
    void requireEntries(long expected) {
        requireZero("select count(*) - " + expected + " from ledger.entries");
        requireZero("select sum(amount) from ledger.entries");
    }

    /** @throws BenchmarkFailure when there are not so many entries, or anything of the books is wrong */
    void requireSound(long entries) {
        requireEntries(entries);
        List<String> differences = texts("select d::text from ledger.verify(p_count_max => " + DIFFERENCES_MAX + ") d");
        if (!differences.isEmpty()) {
            throw new BenchmarkFailure("The books are wrong: " + String.join(", ", differences) + ".");
        }
    }

    /** Has PostgreSQL do now what it would do amid the measuring. */
    void settle() {
        execute("vacuum (analyze)");
        execute("checkpoint");
    }

    /** Drops the database, whoever is connected. */
    @Override
    public void close() {
        Jdbi.create(server.dataSource(PostgresServer.ADMINISTRATOR))
                .useHandle(handle -> handle.execute("drop database " + database + " with (force)"));
    }

    private FunctionLedger function(InstantSource clock) {
        return new FunctionLedger(server, database, clock);
    }

    private void register(Instant at) {
        jdbi.useHandle(handle -> {
            handle.createQuery("""
                            select ledger.register_holder(
                                p_user_id => id,
                                p_phone_hash => sha256(uuid_send(id)),
                                p_display_name => 'Afi M.',
                                p_tier => cast(3 as smallint),
                                p_currency => 'XOF',
                                p_at => :at)
                            from unnest(:ids) id
                            """)
                    .bindArray("ids", UUID.class, wallets.subList(0, STORE))
                    .bind("at", at)
                    .mapTo(String.class)
                    .list();
            handle.createQuery("select ledger.open_receivable(p_store_id => :id, p_currency => 'XOF', p_at => :at)")
                    .bind("id", wallet(STORE))
                    .bind("at", at)
                    .mapTo(String.class)
                    .list();
        });
    }

    private void fund(InstantSource clock) {
        Ledger ledger = function(clock).ledger();
        for (int first = 0; first < PEOPLE; first += FUNDED_AT_ONCE) {
            List<Posting.Entry> entries = new ArrayList<>();
            wallets.subList(first, first + FUNDED_AT_ONCE)
                    .forEach(id -> entries.add(Posting.Entry.credit(new WalletId(id), FUNDS, Category.RECHARGE)));
            entries.add(Posting.Entry.debit(
                    EcomWallet.FLOAT_YAS.id(), new Money(FUNDS.amount() * FUNDED_AT_ONCE), Category.RECHARGE));
            ledger.post(Posting.payment(entries).under(Caps.NONE)).orThrow();
        }
    }
}

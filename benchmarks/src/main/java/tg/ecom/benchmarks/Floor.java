package tg.ecom.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Supplier;
import tg.ecom.kernel.Uuid7;

/** The least that a transfer can be: two UPDATEs and two INSERTs, with no look at anything. */
final class Floor {
    private static final String TABLES = """
            create schema bare;
            create table bare.wallets (id uuid primary key, balance bigint not null) with (fillfactor = 70);
            create table bare.entries (
                id uuid primary key, wallet_id uuid not null, amount bigint not null, created_at timestamptz not null);

            -- Wallets in the order of their ids, so that no two wait for each other.
            create function bare.transfer(
                p_from uuid, p_to uuid, p_amount bigint, p_debit_id uuid, p_credit_id uuid, p_at timestamptz)
                returns void language plpgsql as $$
            begin
                if p_from < p_to then
                    update bare.wallets set balance = balance - p_amount where id = p_from;
                    update bare.wallets set balance = balance + p_amount where id = p_to;
                else
                    update bare.wallets set balance = balance + p_amount where id = p_to;
                    update bare.wallets set balance = balance - p_amount where id = p_from;
                end if;
                insert into bare.entries (id, wallet_id, amount, created_at)
                values (p_debit_id, p_from, -p_amount, p_at);
                insert into bare.entries (id, wallet_id, amount, created_at)
                values (p_credit_id, p_to, p_amount, p_at);
            end
            $$;

            insert into bare.wallets (id, balance)
            select id, balance from ledger.wallets where kind = 'personal';
            """;

    private final LedgerBooks books;
    private final long total;

    /** Makes it beside the books, with the same wallets. */
    Floor(LedgerBooks books) {
        this.books = books;
        books.execute(TABLES);
        this.total = balances();
    }

    Contender contender(String name, Connections connections, Parties parties) {
        return Contender.of(name, client -> client(connections.of(client), parties.drawnBy(client)));
    }

    /** @throws BenchmarkFailure when not all of so many transfers are there */
    void requireSound(long transfers) {
        books.requireZero("select sum(amount) from bare.entries");
        books.requireZero("select count(*) - " + 2 * transfers + " from bare.entries");
        books.requireZero("select sum(balance) - " + total + " from bare.wallets");
    }

    private long balances() {
        return books.number("select sum(balance) from bare.wallets");
    }

    private Contender.Client client(Connection connection, Supplier<int[]> parties) {
        try {
            PreparedStatement transfer = connection.prepareStatement("select bare.transfer(?, ?, 1, ?, ?, ?)");
            return () -> transfer(transfer, parties.get());
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void transfer(PreparedStatement transfer, int[] parties) throws SQLException {
        InstantSource clock = InstantSource.system();
        UUID debit = Uuid7.next(clock);
        UUID credit = Uuid7.next(clock);
        transfer.setObject(1, books.wallet(parties[0]));
        transfer.setObject(2, books.wallet(parties[1]));
        transfer.setObject(3, debit);
        transfer.setObject(4, credit);
        transfer.setObject(5, OffsetDateTime.now(ZoneOffset.UTC));
        transfer.executeQuery().close();
    }
}

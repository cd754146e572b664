package tg.ecom.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** A ledger in PL/pgSQL that others made (github.com/pgr0ss/pgledger), by its documented functions. */
final class Pgledger {
    /**
     * So many transfers are in it before anything is measured: one of everybody. The plans that a session makes while
     * the tables are empty scan them, and stay until statistics are gathered: that would be measured then, and not
     * pgledger.
     */
    private static final int TRANSFERS_BEFORE = LedgerBooks.PEOPLE;

    private final LedgerBooks books;
    private final List<String> accounts;

    /** Makes it beside the books from a file of its SQL, with as many accounts as there are people, in use already. */
    Pgledger(LedgerBooks books, Path sql) {
        this.books = books;
        try {
            books.execute(Files.readString(sql, StandardCharsets.UTF_8));
            this.accounts = books.texts("""
                    select a.id
                    from generate_series(1, %d) number
                    cross join lateral pgledger_create_account('person ' || number, 'XOF') a
                    """.formatted(LedgerBooks.PEOPLE));
            books.execute("""
                    select count(*)
                    from (
                        select id, coalesce(lead(id) over by_id, first_value(id) over by_id) as next
                        from pgledger_accounts
                        window by_id as (order by id)) a
                    cross join lateral pgledger_create_transfer(a.id, a.next, 1)
                    """);
        } catch (UnableToExecuteStatementException refused) {
            throw new BenchmarkFailure(sql + " is not pgledger's: " + reason(refused) + ".", refused);
        } catch (IOException unreadable) {
            throw new BenchmarkFailure(sql + " can't be read: " + unreadable.getMessage() + ".", unreadable);
        }
    }

    Contender contender(String name, Connections connections, Parties parties) {
        return Contender.of(name, client -> client(connections.of(client), parties.drawnBy(client)));
    }

    /** @throws BenchmarkFailure when not all of so many transfers are there, beside those that were there before */
    void requireSound(long transfers) {
        books.requireZero("select sum(amount) from pgledger_entries_view");
        books.requireZero("select count(*) - " + 2 * (TRANSFERS_BEFORE + transfers) + " from pgledger_entries_view");
        books.requireZero("select sum(balance) from pgledger_accounts_view");
    }

    private static String reason(UnableToExecuteStatementException refused) {
        return refused.getCause().getMessage().lines().findFirst().orElseThrow();
    }

    private Contender.Client client(Connection connection, Supplier<int[]> parties) {
        try {
            PreparedStatement transfer = connection.prepareStatement("select * from pgledger_create_transfer(?, ?, ?)");
            return () -> transfer(transfer, parties.get());
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void transfer(PreparedStatement transfer, int[] parties) throws SQLException {
        transfer.setString(1, accounts.get(parties[0]));
        transfer.setString(2, accounts.get(parties[1]));
        transfer.setLong(3, 1);
        try (ResultSet rows = transfer.executeQuery()) {
            if (!rows.next()) {
                throw new BenchmarkFailure("pgledger made no transfer.");
            }
        }
    }
}

package tg.ecom.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import tg.ecom.ledger.Verification.Difference;
import tg.ecom.platform.Database;

/**
 * Checks the books: recomputes hash chains, seals, the sum of each transfer and the balance of each wallet. It reads
 * everything.
 */
public final class Verifier {
    private static final int DIFFERENCES_MAX = 100;

    private final Database database;

    /** A verifier over a function's connection. */
    public Verifier(Database database) {
        this.database = database;
    }

    /** Checks everything as it is now; payments go on meanwhile and are not disturbed. */
    public Verification verify() {
        return database.call(handle -> counted(handle, differences(handle)));
    }

    private static List<Difference> differences(Handle handle) {
        return handle.createQuery("""
                        select subject, id, field, expected, found
                        from ledger.verify(p_count_max => :count_max)
                        """)
                .bind("count_max", DIFFERENCES_MAX)
                .map((row, context) -> new Difference(
                        row.getString("subject"),
                        row.getString("id"),
                        row.getString("field"),
                        text(row, "expected"),
                        text(row, "found")))
                .list();
    }

    private static Verification counted(Handle handle, List<Difference> differences) {
        return handle.createQuery("""
                        select
                            (select count(*) from ledger.wallets) as wallets,
                            (select count(*) from ledger.transfers) as transfers,
                            count(*) as entries,
                            coalesce(sum(amount), 0)::bigint as sum
                        from ledger.entries
                        """)
                .map((row, context) -> new Verification(
                        differences.isEmpty() && row.getLong("sum") == 0,
                        row.getLong("wallets"),
                        row.getLong("transfers"),
                        row.getLong("entries"),
                        row.getLong("sum"),
                        differences))
                .one();
    }

    private static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "none" : text;
    }
}

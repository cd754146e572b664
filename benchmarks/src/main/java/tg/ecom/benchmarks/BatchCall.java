package tg.ecom.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tg.ecom.kernel.Uuid7;

/**
 * ledger.post_all as a function calls it, with nothing of Java above it: a transfer of a franc to each payee, together.
 */
final class BatchCall {
    private static final String POST_ALL = """
            select count(transfer_id) as posted, min(refusal) as refusal
            from unnest(ledger.post_all(
                p_batch_id => ?,
                p_postings => cast(? as ledger.posting[]),
                p_together => true,
                p_caller_id => ?,
                p_session_id => ?,
                p_session_epoch => 0,
                p_operation => 'payroll',
                p_key => ?,
                p_body_hash => ?,
                p_at => ?,
                p_zone => 'Africa/Lome'))
            """;

    private static final byte[] BODY_HASH = new byte[32];

    private final InstantSource clock = InstantSource.system();
    private final LedgerBooks books;
    private final PreparedStatement post;
    private final UUID session = Uuid7.next(clock);

    private BatchCall(LedgerBooks books, Connection connection) {
        this.books = books;
        try {
            this.post = connection.prepareStatement(POST_ALL);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Clients who draw whose wallets they are given. */
    static Contender contender(String name, LedgerBooks books, Connections connections, Parties parties) {
        return Contender.of(name, client -> {
            BatchCall call = new BatchCall(books, connections.of(client));
            Supplier<int[]> drawn = parties.drawnBy(client);
            return () -> call.post(drawn.get());
        });
    }

    private void post(int[] parties) throws SQLException {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        post.setObject(1, Uuid7.next(clock));
        post.setString(2, postings(parties, now));
        post.setObject(3, books.wallet(parties[0]));
        post.setObject(4, session);
        post.setString(5, Uuid7.next(clock).toString());
        post.setBytes(6, BODY_HASH);
        post.setObject(7, now);
        try (ResultSet row = post.executeQuery()) {
            row.next();
            if (row.getInt("posted") != parties.length - 1) {
                throw new BenchmarkFailure("ledger.post_all refused what " + Arrays.toString(parties)
                        + " were to post: " + row.getString("refusal") + ".");
            }
        }
    }

    private String postings(int[] parties, OffsetDateTime now) {
        return Arrays.stream(parties)
                .skip(1)
                .mapToObj(payee -> PostingCall.posting(books, new int[] {parties[0], payee}, now))
                .map(posting -> '"' + posting.replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }
}

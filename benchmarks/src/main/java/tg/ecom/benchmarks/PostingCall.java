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
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tg.ecom.kernel.Uuid7;

/**
 * ledger.post, or ledger.post_all, as a function calls it, with nothing of Java above it: one franc to each payee, as a
 * person asks.
 */
final class PostingCall {
    private static final String BY_PAYER = """
                p_caller_id => ?,
                p_session_id => ?,
                p_session_epoch => 0,
                p_operation => 'transfer',
                p_key => ?,
                p_body_hash => ?,
                p_at => ?,
                p_zone => 'Africa/Lome')
            """;

    private static final String POST = """
            select *
            from ledger.post(
                p_posting => cast(? as ledger.posting),
            """ + BY_PAYER;

    private static final String POST_ALL = """
            select *
            from unnest(ledger.post_all(
                p_postings => cast(? as ledger.posting[]),
                p_batch_id => ?,
                p_together => true,
            """ + BY_PAYER + ")";

    private static final byte[] BODY_HASH = new byte[32];

    private final InstantSource clock = InstantSource.system();
    private final LedgerBooks books;
    private final boolean isBatch;
    private final PreparedStatement post;
    private final UUID session = Uuid7.next(clock);

    /** Prepares a single posting on a client's connection. */
    PostingCall(LedgerBooks books, Connection connection) {
        this(books, connection, false);
    }

    private PostingCall(LedgerBooks books, Connection connection, boolean isBatch) {
        this.books = books;
        this.isBatch = isBatch;
        try {
            this.post = connection.prepareStatement(isBatch ? POST_ALL : POST);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Clients who draw whose wallets they are given, and pay them by one posting. */
    static Contender contender(String name, LedgerBooks books, Connections connections, Parties parties) {
        return contender(name, books, connections, parties, false);
    }

    /** The same by a batch: a posting for each payee, together. */
    static Contender batches(String name, LedgerBooks books, Connections connections, Parties parties) {
        return contender(name, books, connections, parties, true);
    }

    private static Contender contender(
            String name, LedgerBooks books, Connections connections, Parties parties, boolean isBatch) {
        return Contender.of(name, client -> {
            PostingCall call = new PostingCall(books, connections.of(client), isBatch);
            Supplier<int[]> drawn = parties.drawnBy(client);
            return () -> call.post(drawn.get());
        });
    }

    /** The first pays the others. @throws BenchmarkFailure when it is refused */
    void post(int[] parties) throws SQLException {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        int parameter = 0;
        post.setString(++parameter, isBatch ? postings(parties, now) : posting(parties, now));
        if (isBatch) {
            post.setObject(++parameter, Uuid7.next(clock));
        }
        post.setObject(++parameter, books.wallet(parties[0]));
        post.setObject(++parameter, session);
        post.setString(++parameter, Uuid7.next(clock).toString());
        post.setBytes(++parameter, BODY_HASH);
        post.setObject(++parameter, now);
        try (ResultSet rows = post.executeQuery()) {
            int posted = 0;
            while (rows.next()) {
                if (rows.getString("transfer_id") == null || rows.getBoolean("replayed")) {
                    throw new BenchmarkFailure("The ledger refused what " + Arrays.toString(parties) + " were to post: "
                            + rows.getString("refusal") + ".");
                }
                posted++;
            }
            if (posted != (isBatch ? parties.length - 1 : 1)) {
                throw new BenchmarkFailure(
                        "The ledger made " + posted + " of the postings of " + Arrays.toString(parties) + ".");
            }
        }
    }

    private String postings(int[] parties, OffsetDateTime now) {
        return Arrays.stream(parties)
                .skip(1)
                .mapToObj(payee -> posting(new int[] {parties[0], payee}, now))
                .map(posting -> '"' + posting.replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** A value of the type ledger.posting: the first pays each of the others a franc. */
    private String posting(int[] parties, OffsetDateTime now) {
        int entries = parties.length;
        return "(%s,\"%s\",\"%s\",\"%s\",\"%s\",f,spending,XOF,,,,wallet,,,,,%s)"
                .formatted(
                        Uuid7.next(clock),
                        array(entries, entry -> Uuid7.next(clock)),
                        array(entries, entry -> books.wallet(parties[entry])),
                        array(entries, entry -> entry == 0 ? 1 - entries : 1),
                        array(entries, entry -> "transfer"),
                        now);
    }

    private static String array(int length, IntFunction<Object> element) {
        return IntStream.range(0, length)
                .mapToObj(index -> element.apply(index).toString())
                .collect(Collectors.joining(",", "{", "}"));
    }
}

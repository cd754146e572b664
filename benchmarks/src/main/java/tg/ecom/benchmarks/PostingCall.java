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

/** ledger.post as a function calls it, with nothing of Java above it: one franc to each payee, as a person asks. */
final class PostingCall {
    private static final String POST = """
            select *
            from ledger.post(
                p_posting => cast(? as ledger.posting),
                p_caller_id => ?,
                p_session_id => ?,
                p_session_epoch => 0,
                p_operation => 'transfer',
                p_key => ?,
                p_body_hash => ?,
                p_at => ?,
                p_zone => 'Africa/Lome')
            """;

    private static final byte[] BODY_HASH = new byte[32];

    private final InstantSource clock = InstantSource.system();
    private final LedgerBooks books;
    private final PreparedStatement post;
    private final UUID session = Uuid7.next(clock);

    /** Prepares it on a client's connection. */
    PostingCall(LedgerBooks books, Connection connection) {
        this.books = books;
        try {
            this.post = connection.prepareStatement(POST);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Clients who draw whose wallets they are given. */
    static Contender contender(String name, LedgerBooks books, Connections connections, Parties parties) {
        return Contender.of(name, client -> {
            PostingCall call = new PostingCall(books, connections.of(client));
            Supplier<int[]> drawn = parties.drawnBy(client);
            return () -> call.post(drawn.get());
        });
    }

    /** Posts once, the first paying the others. @throws BenchmarkFailure when it is refused */
    void post(int[] parties) throws SQLException {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        UUID payer = books.wallet(parties[0]);
        post.setString(1, posting(books, parties, now));
        post.setObject(2, payer);
        post.setObject(3, session);
        post.setString(4, Uuid7.next(clock).toString());
        post.setBytes(5, BODY_HASH);
        post.setObject(6, now);
        try (ResultSet rows = post.executeQuery()) {
            rows.next();
            if (rows.getString("refusal") != null || rows.getBoolean("replayed")) {
                throw new BenchmarkFailure("ledger.post refused what " + Arrays.toString(parties) + " were to post: "
                        + rows.getString("refusal") + ".");
            }
        }
    }

    /** A value of the type ledger.posting: the first pays each of the others a franc. */
    static String posting(LedgerBooks books, int[] parties, OffsetDateTime now) {
        InstantSource clock = InstantSource.system();
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

package tg.ecom.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.WalletId;

/**
 * What the books say when all is over: what changed them, in the order in which it was committed.
 *
 * <p>The server notes when a transaction commits before it lets go of the wallets that the transaction has locked. So
 * of two that changed one wallet, the one that came first is first here; of two in one transaction, the one whose entry
 * comes first in the wallet's chain.
 *
 * @param effects everything that changed something, the first first
 * @param keys the keys that were used, and by which request
 * @param wallets what the rows of people's wallets say
 */
record ChaosBooks(List<Effect> effects, Map<ChaosRequest.Key, KeyUse> keys, Map<WalletId, Wallet> wallets) {
    /** Something that was committed. */
    sealed interface Effect {
        Instant committed();

        /** By the request of that name; none when the books don't tell. */
        record Moved(Instant committed, Optional<String> name, PostingResult.Posted posted) implements Effect {}

        record Promised(Instant committed, Optional<String> name, Instant at, Hold hold) implements Effect {}

        /** Released or expired. */
        record Ended(Instant committed, Instant at, Hold hold) implements Effect {}

        record Marked(Instant committed, String name) implements Effect {}
    }

    /** What a key made. */
    record KeyUse(String name, UUID outcome) {}

    /** A row of ledger.wallets. */
    record Wallet(
            long balance, long held, long spentDay, long spentMonth, long reloadedMonth, String day, boolean frozen) {}

    private static final String MOVED = """
            select
                t.id as transfer_id, t.created_at, t.description as name, null as refusal, false as replayed,
                pg_xact_commit_timestamp(cast(t.xid as xid)) as committed,
                array_agg(e.id order by e.wallet_id) as entry_ids,
                array_agg(e.wallet_id order by e.wallet_id) as wallet_ids,
                array_agg(e.amount order by e.wallet_id) as amounts,
                array_agg(e.balance_after order by e.wallet_id) as balances,
                array_agg(e.sequence order by e.wallet_id) as places,
                cast(cast(t.xid as text) as bigint) as transaction
            from ledger.transfers t
            join ledger.entries e on e.transfer_id = t.id
            group by t.id
            order by t.xid
            """;

    /** The row of a key is never changed, that of a hold no more when it has been released or has expired. */
    private static final String HOLDS = """
            select
                h.id as hold_id, h.wallet_id, h.amount, h.captured, h.status, h.expires_at, 0 as available,
                null as refusal, false as replayed, k.body_hash, h.created_at, h.updated_at,
                pg_xact_commit_timestamp(coalesce(k.xmin, h.xmin)) as committed,
                pg_xact_commit_timestamp(h.xmin) as ended
            from ledger.holds h
            left join platform.idempotency_keys k on k.outcome_id = h.id
            """;

    private static final String MARKS = """
            select name, pg_xact_commit_timestamp(xmin) as committed
            from chaos.marks
            """;

    private static final String KEYS = """
            select caller_id, key, body_hash, outcome_id
            from platform.idempotency_keys
            """;

    private static final String WALLETS = """
            select *
            from ledger.wallets
            where kind = 'personal'
            """;

    /** Where a transaction of the ledger's user marks that it was committed. */
    static void prepare(Books books) {
        books.superuser().useHandle(handle -> {
            handle.execute("create schema chaos");
            handle.execute("create table chaos.marks (name text primary key)");
            handle.execute("grant usage on schema chaos to ecom_wallet");
            handle.execute("grant insert on chaos.marks to ecom_wallet");
        });
    }

    static ChaosBooks read(Books books) {
        return books.superuser().withHandle(handle -> {
            List<Held> holds = list(handle, HOLDS, ChaosBooks::held);
            List<Effect> effects = Stream.of(
                            inOrder(list(handle, MOVED, ChaosBooks::written)),
                            holds.stream().map(Held::promised).toList(),
                            holds.stream().flatMap(Held::ended).toList(),
                            list(handle, MARKS, ChaosBooks::marked))
                    .flatMap(List::stream)
                    .map(Effect.class::cast)
                    .sorted(Comparator.comparing(Effect::committed))
                    .toList();
            return new ChaosBooks(effects, keys(handle), wallets(handle));
        });
    }

    private record Held(Effect.Promised promised, Effect.Ended last) {
        Stream<Effect.Ended> ended() {
            return switch (last.hold().status()) {
                case RELEASED, EXPIRED -> Stream.of(last);
                case OPEN, CAPTURED -> Stream.empty();
            };
        }
    }

    /**
     * A transfer.
     *
     * @param transaction by which it was written
     * @param places where its entries stand in the chains of the wallets that have one
     */
    private record Written(Effect.Moved moved, long transaction, Map<WalletId, Long> places) {
        boolean isBefore(Written other) {
            return transaction == other.transaction
                    && places.keySet().stream()
                            .anyMatch(wallet -> places.get(wallet) < other.places.getOrDefault(wallet, Long.MIN_VALUE));
        }
    }

    /** Those of one transaction, which come one after the other, each after what it follows in any chain. */
    private static List<Effect.Moved> inOrder(List<Written> transfers) {
        Map<Long, List<Written>> transactions = transfers.stream()
                .collect(Collectors.groupingBy(
                        Written::transaction, LinkedHashMap::new, Collectors.toCollection(ArrayList::new)));
        List<Effect.Moved> ordered = new ArrayList<>();
        for (List<Written> left : transactions.values()) {
            while (!left.isEmpty()) {
                Written next = left.stream()
                        .filter(each -> left.stream().noneMatch(other -> other.isBefore(each)))
                        .findFirst()
                        .orElseThrow();
                left.remove(next);
                ordered.add(next.moved());
            }
        }
        return ordered;
    }

    private static Written written(ResultSet row) throws SQLException {
        PostingResult.Posted posted = (PostingResult.Posted) LedgerRows.posting(row);
        Long[] places = (Long[]) row.getArray("places").getArray();
        Map<WalletId, Long> placeOf = new HashMap<>();
        for (int entry = 0; entry < places.length; entry++) {
            if (places[entry] != null) {
                placeOf.put(posted.entries().get(entry).wallet(), places[entry]);
            }
        }
        return new Written(
                new Effect.Moved(instant(row, "committed"), Optional.ofNullable(row.getString("name")), posted),
                row.getLong("transaction"),
                placeOf);
    }

    private static Held held(ResultSet row) throws SQLException {
        Hold hold = LedgerRows.hold(row).orThrow().hold();
        return new Held(
                new Effect.Promised(
                        instant(row, "committed"),
                        Optional.ofNullable(row.getBytes("body_hash")).map(ChaosRequest::nameOf),
                        instant(row, "created_at"),
                        hold),
                new Effect.Ended(instant(row, "ended"), instant(row, "updated_at"), hold));
    }

    private static Effect.Marked marked(ResultSet row) throws SQLException {
        return new Effect.Marked(instant(row, "committed"), row.getString("name"));
    }

    private static Map<ChaosRequest.Key, KeyUse> keys(Handle handle) {
        return map(list(
                handle,
                KEYS,
                row -> Map.entry(
                        new ChaosRequest.Key(new UserId(row.getObject("caller_id", UUID.class)), row.getString("key")),
                        new KeyUse(
                                ChaosRequest.nameOf(row.getBytes("body_hash")),
                                row.getObject("outcome_id", UUID.class)))));
    }

    private static Map<WalletId, Wallet> wallets(Handle handle) {
        return map(list(
                handle,
                WALLETS,
                row -> Map.entry(
                        new WalletId(row.getObject("id", UUID.class)),
                        new Wallet(
                                row.getLong("balance"),
                                row.getLong("held"),
                                row.getLong("spent_day"),
                                row.getLong("spent_month"),
                                row.getLong("reloaded_month"),
                                row.getString("counted_on"),
                                row.getString("status").equals("frozen")))));
    }

    private static <K, V> Map<K, V> map(List<Map.Entry<K, V>> entries) {
        return entries.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private static <T> List<T> list(Handle handle, String sql, Reading<T> reading) {
        RowMapper<T> mapper = (row, context) -> reading.of(row);
        return handle.createQuery(sql).map(mapper).list();
    }
}

package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Money;

/** Plans on tables large enough for a sequential scan to be a mistake. */
class IndexesTest {
    private static final UUID WALLET = UUID.fromString("01900000-0000-7000-8000-000000000001");

    private final Books books = Books.open();

    @BeforeEach
    void manyWalletsAndEntries() {
        books.superuser().useHandle(handle -> {
            handle.execute("""
                    insert into ledger.wallets (id, owner_id, purpose, kind, tier, floor, created_at, updated_at)
                    select uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring),
                        uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring),
                        'main', 'personal', 1, 0, '2026-11-23T10:00:00Z', '2026-11-23T10:00:00Z'
                    from generate_series(1, 5000) n
                    """);
            handle.execute("""
                    insert into ledger.holders (wallet_id, user_id, phone_hash, display_name, created_at, updated_at)
                    select id, id, uuid_send(id), 'Kossi A.', created_at, created_at
                    from ledger.wallets
                    where kind = 'personal'
                    """);
            handle.execute("""
                    insert into ledger.transfers (id, currency, payment_method, effective_at, created_at, hash)
                    select uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring), 'XOF', 'wallet',
                        '2026-11-23T10:00:00Z', '2026-11-23T10:00:00Z', '\\x00'
                    from generate_series(1, 30000) n
                    """);
            handle.execute("""
                    insert into ledger.entries (id, transfer_id, wallet_id, amount, balance_after, sequence, xid,
                        created_at, category, hash)
                    select
                        uuid_in(('01900000-0000-7000-8' || side || '00-' || lpad(n::text, 12, '0'))::cstring),
                        uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring),
                        case when side = 0
                            then uuid_in(('01900000-0000-7000-8000-' || lpad((n % 5000 + 1)::text, 12, '0'))::cstring)
                            else '00000000-0000-7000-8000-000000000005' end,
                        1,
                        case when side = 0 then 1 end,
                        case when side = 0 then n / 5000 + 1 end,
                        case when side = 1 then (n + 100)::text::xid8 end,
                        '2026-11-23T10:00:00Z', 'transfer', '\\x00'
                    from generate_series(1, 30000) n, generate_series(0, 1) side
                    """);
            handle.execute("""
                    insert into ledger.holds (id, wallet_id, amount, status, category, counted_on, expires_at,
                        created_at, updated_at)
                    select uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring),
                        uuid_in(('01900000-0000-7000-8000-' || lpad((n % 5000 + 1)::text, 12, '0'))::cstring), 1,
                        case when n % 100 = 0 then 'open' else 'captured' end::ledger.hold_status, 'transport',
                        '2026-11-23', '2026-11-23T10:00:00Z'::timestamptz + n * interval '1 second',
                        '2026-11-23T10:00:00Z', '2026-11-23T10:00:00Z'
                    from generate_series(1, 10000) n
                    """);
            handle.execute("""
                    insert into payments.payments (id, wallet_id, user_id, amount, currency, method, operator_wallet_id,
                        purpose, phone_encrypted, phone_hash, status, after_sequence, expires_at, created_at,
                        updated_at)
                    select uuid_in(('01900000-0000-7000-9000-' || lpad(n::text, 12, '0'))::cstring), w.id, w.id, 1,
                        'XOF', 'yas', '00000000-0000-7000-8000-000000000001', 'recharge', '\\x00', '\\x00',
                        case when n % 2 = 0 then 'failed' else 'succeeded' end::payments.status, n / 5000,
                        w.created_at, w.created_at, w.created_at
                    from generate_series(1, 30000) n
                    join ledger.wallets w
                        on w.id = uuid_in(('01900000-0000-7000-8000-' || lpad((n % 5000 + 1)::text, 12, '0'))::cstring)
                    """);
            // One wallet has a long history.
            handle.execute("""
                    insert into ledger.entries (id, transfer_id, wallet_id, amount, balance_after, sequence, created_at,
                        category, hash)
                    select
                        uuid_in(('01900000-0000-7000-8200-' || lpad(n::text, 12, '0'))::cstring),
                        uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring), ?, 1, 1,
                        n + 1000, '2026-11-23T10:00:00Z', 'transfer', '\\x00'
                    from generate_series(1, 5000) n
                    """, WALLET);
            handle.execute("""
                    insert into payments.payments (id, wallet_id, user_id, amount, currency, method, operator_wallet_id,
                        purpose, phone_encrypted, phone_hash, status, after_sequence, expires_at, created_at,
                        updated_at)
                    select uuid_in(('01900000-0000-7000-a000-' || lpad(n::text, 12, '0'))::cstring), w.id, w.id, 1,
                        'XOF', 'yas', '00000000-0000-7000-8000-000000000001', 'recharge', '\\x00', '\\x00',
                        'failed', n + 1000, w.created_at, w.created_at, w.created_at
                    from generate_series(1, 5000) n
                    join ledger.wallets w on w.id = ?
                    """, WALLET);
            handle.execute("""
                    insert into platform.idempotency_keys (caller_id, operation, key, body_hash, outcome_id, created_at)
                    select id, 'transfer', 'key', '\\x00', id, '2026-11-23T10:00:00Z'
                    from ledger.wallets
                    """);
            handle.execute("""
                    insert into ledger.revoked_sessions (session_id, user_id, revoked_at)
                    select id, id, '2026-11-23T10:00:00Z'::timestamptz + (row_number() over ()) * interval '1 second'
                    from ledger.wallets
                    """);
            handle.execute("""
                    insert into ledger.vain_lookups (asker_id, asked_at)
                    select id, '2026-11-23T10:00:00Z' from ledger.wallets, generate_series(1, 3)
                    """);
            handle.execute("analyze");
        });
    }

    @Test
    void balance_goesByIndex() {
        assertIndexed(
                LedgerSql.BALANCE,
                query -> query.bind("wallet", WALLET)
                        .bind("at", books.now().atOffset(ZoneOffset.UTC))
                        .bind("today", LocalDate.parse("2026-11-23"))
                        .bind("amount_max", Money.AMOUNT_MAX));
    }

    @Test
    void transactions_goByIndexOnBothSides() {
        String plan = assertIndexed(
                LedgerSql.TRANSACTIONS,
                query -> query.bind("wallet", WALLET)
                        .bind("sequence", Long.MAX_VALUE)
                        .bind("place", new UUID(0, 0))
                        .bind("entries_before", Long.MAX_VALUE)
                        .bind("type", (String) null)
                        .bind("category", (String) null)
                        .bind("status", (String) null)
                        .bind("from", (String) null)
                        .bind("to", (String) null)
                        .bind("limit", 21));
        assertTrue(plan.contains("Index Scan Backward using entries_chain"), plan);
        assertTrue(plan.contains("Index Scan Backward using payments_listed"), plan);
    }

    @Test
    void oneTransaction_goesByIndex() {
        assertIndexed(
                LedgerSql.TRANSACTION, query -> query.bind("wallet", WALLET).bind("id", WALLET));
    }

    @Test
    void holders_areFoundByIndex() {
        assertIndexed(Directory.BY_PHONE, query -> query.bind("phone_hash", new byte[] {1}));
        assertIndexed(
                Directory.ASKED_BY_PHONE,
                query -> query.bind("phone_hash", new byte[] {1})
                        .bind("asker", WALLET)
                        .bind("since", books.now().atOffset(ZoneOffset.UTC)));
        assertIndexed(Directory.BY_WALLET, query -> query.bind("wallet", WALLET));
        assertIndexed(Sessions.EPOCH, query -> query.bind("user", WALLET));
    }

    @Test
    void statementsOfThePosting_goByIndex() {
        for (String statement : List.of(
                """
                select w.*
                from unnest(cast(array[:wallet] as uuid[])) as l(wallet_id)
                join ledger.wallets w on w.id = l.wallet_id
                where w.kind = 'personal'
                order by w.id
                for no key update of w
                """,
                "select from ledger.revoked_sessions where session_id = :wallet",
                "select from ledger.entries where transfer_id = :wallet",
                "select from ledger.transfers where reverses_id = :wallet",
                "select from ledger.holds where id = :wallet",
                "select from ledger.holds where wallet_id = :wallet and status = 'open'",
                """
                select h.id from ledger.holds h
                where h.status = 'open' and h.expires_at <= '2026-11-23T10:00:10Z' and h.id <> :wallet
                order by h.expires_at limit 10
                """,
                """
                select from platform.idempotency_keys where caller_id = :wallet and operation = 'transfer' and key = 'k'
                """,
                """
                select * from ledger.seals where wallet_id = :wallet order by sequence desc limit 1
                """)) {
            assertIndexed(statement, query -> query.bind("wallet", WALLET));
        }
    }

    @Test
    void tailOfAnAccumulatingWallet_isReadByIndex() {
        assertIndexed(
                "select sum(amount) from ledger.entries e where e.wallet_id = :wallet and e.xid >= '29000'::xid8",
                query -> query.bind("wallet", EcomWallet.COMMISSION.id().value()));
        assertIndexed(
                Seals.ACCUMULATING.replace("kind = 'accumulating'", "true"),
                query -> query.bind("after", WALLET).bind("count_max", 10));
    }

    @Test
    void balanceAtAMoment_goesByIndexInBothKindsOfWallet() {
        for (String statement : List.of(
                "select balance_after from ledger.entries where wallet_id = :wallet and sequence = 3000",
                """
                select balance_after
                from ledger.entries
                where wallet_id = :wallet and sequence < 3000 and created_at <= '2026-11-23T10:00:00Z'
                order by sequence desc
                limit 1
                """,
                """
                select *
                from ledger.seals
                where wallet_id = :wallet and created_at <= '2026-11-23T10:00:00Z'
                order by created_at desc
                limit 1
                """,
                """
                select xid
                from ledger.transfers
                where created_at >= '2026-11-23T09:00:00Z' and id <> :wallet
                order by created_at, id
                limit 1
                """,
                """
                select sum(amount)
                from ledger.entries
                where wallet_id = :wallet and xid >= '29000'::xid8 and xid < '29100'::xid8
                    and created_at <= '2026-11-23T10:00:00Z'
                """)) {
            assertIndexed(statement, query -> query.bind("wallet", WALLET));
        }
    }

    @Test
    void pageOfTheJournal_goesByIndexFromWhereTheLastEnded() {
        String plan = assertIndexed(
                Journal.PAGE,
                query -> query.bind("from", books.now().atOffset(ZoneOffset.UTC))
                        .bind("transfer", UUID.fromString("01900000-0000-7000-8000-000000015000"))
                        .bind("entry", WALLET)
                        .bind("to", books.now().plusSeconds(60).atOffset(ZoneOffset.UTC))
                        .bind("limit", 1_000));
        assertTrue(plan.contains("Index Scan using transfers_recorded"), plan);
        assertTrue(plan.contains("Index Scan using entries_transfer"), plan);
    }

    private String assertIndexed(String sql, UnaryOperator<Query> binding) {
        String plan = books.superuser().withHandle(handle -> plan(handle, sql, binding));
        // Six wallets of Ecom, three tiers and no seals are read at once; what grows must not be.
        String grown = plan.replace("Seq Scan on tiers", "").replace("Seq Scan on seals", "");
        assertFalse(grown.contains("Seq Scan"), () -> sql + "\n" + plan);
        return plan;
    }

    private static String plan(Handle handle, String sql, UnaryOperator<Query> binding) {
        return String.join(
                "\n",
                binding.apply(handle.createQuery("explain " + sql))
                        .mapTo(String.class)
                        .list());
    }
}

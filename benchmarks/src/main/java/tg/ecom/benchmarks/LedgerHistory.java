package tg.ecom.benchmarks;

import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/**
 * What happened in the books before they are measured. It goes in laps, in each of which everybody pays and is paid.
 */
final class LedgerHistory {
    /** Entries of a lap. */
    static final int LAP = 2 * LedgerBooks.PEOPLE;

    private static final Duration SPAN = Duration.ofDays(90);

    private static final String PREPARE = """
            create schema history;

            create table history.people as
            select row_number() over (order by random()) - 1 as number, id, entry_count, balance
            from ledger.wallets
            where kind = 'personal' and balance > 0;

            -- As clients make them (RFC 9562, section 5.7).
            create function history.uuid7(p_ms bigint) returns uuid language sql volatile
            begin atomic
                select encode(
                    set_byte(
                        overlay(uuid_send(gen_random_uuid()) placing substring(int8send(p_ms) from 3) from 1 for 6),
                        6, 112 + floor(random() * 16)::integer),
                    'hex')::uuid;
            end;
            """;

    /**
     * In the order of the steps of a lap, one payer each; who is paid is so many before them. Whoever comes around is
     * paid first, then pays; the others pay first.
     */
    private static final String FILL_A_LAP = """
            with steps as (
                select
                    payer.number as step,
                    :first_ms + payer.number * :step_us / 1000 as ms,
                    payer.id as payer_id,
                    payer.entry_count + 2 * :lap
                        + case when payer.number >= :people - :shift then 2 else 1 end as payer_sequence,
                    payer.balance - case when payer.number >= :people - :shift then 0 else 1 end as payer_balance,
                    payee.id as payee_id,
                    payee.entry_count + 2 * :lap
                        + case when payee.number >= :people - :shift then 1 else 2 end as payee_sequence,
                    payee.balance + case when payee.number >= :people - :shift then 1 else 0 end as payee_balance
                from history.people payer
                join history.people payee on payee.number = (payer.number + :people - :shift) % :people),
            named as (
                select
                    s.*, to_timestamp(ms / 1000.0) as at,
                    history.uuid7(ms) as transfer_id, history.uuid7(ms) as debit_id, history.uuid7(ms) as credit_id
                from steps s),
            transferred as (
                insert into ledger.transfers (id, currency, payment_method, effective_at, created_at, hash)
                select transfer_id, 'XOF', 'wallet', at, at, uuid_send(transfer_id) || uuid_send(debit_id)
                from named
                order by step),
            claimed as (
                insert into platform.idempotency_keys (caller_id, operation, key, body_hash, outcome_id, created_at)
                select
                    payer_id, 'transfer', gen_random_uuid()::text, uuid_send(transfer_id) || uuid_send(payee_id),
                    transfer_id, at
                from named
                order by step)
            insert into ledger.entries (
                id, transfer_id, wallet_id, amount, balance_after, sequence, created_at, category, hash)
            select
                e.id, n.transfer_id, e.wallet_id, e.amount, e.balance_after, e.sequence, n.at, 'transfer',
                uuid_send(e.id) || uuid_send(n.transfer_id)
            from named n
            cross join lateral (
                values
                    (n.debit_id, n.payer_id, -1, n.payer_balance, n.payer_sequence),
                    (n.credit_id, n.payee_id, 1, n.payee_balance, n.payee_sequence)
            ) e(id, wallet_id, amount, balance_after, sequence)
            order by n.step
            """;

    private static final String COUNT = """
            update ledger.wallets w
            set entry_count = w.entry_count + 2 * :laps
            from history.people p
            where p.id = w.id
            """;

    private final LedgerBooks books;
    private final Terminal terminal;

    LedgerHistory(LedgerBooks books, Terminal terminal) {
        this.books = books;
        this.terminal = terminal;
    }

    /**
     * Fills the tables by themselves, as if that had been posted in the last months: fast, but of hashes that the
     * verifier would not find right.
     *
     * @param laps how many
     */
    void fill(int laps) {
        books.execute(PREPARE);
        long millis = SPAN.toMillis();
        long began = System.currentTimeMillis() - millis;
        books.jdbi().useHandle(handle -> {
            handle.execute("set synchronous_commit = off");
            for (int lap = 0; lap < laps; lap++) {
                BenchmarkFailure.throwIfInterrupted();
                terminal.progress("thousand entries:", lap * LAP / 1_000, laps * LAP / 1_000);
                fillLap(handle, lap, began + millis * lap / laps, millis * 1_000 / laps / LedgerBooks.PEOPLE);
            }
            handle.createUpdate(COUNT).bind("laps", laps).execute();
            handle.execute("drop schema history cascade");
        });
        terminal.end();
    }

    /** Posts it, so that each page of a statement is full and every hash is right. */
    void post(int laps, Connections connections, Callers callers) {
        connections.all("set synchronous_commit = off");
        for (int lap = 0; lap < laps; lap++) {
            BenchmarkFailure.throwIfInterrupted();
            terminal.progress("thousand entries:", lap * LAP / 1_000, laps * LAP / 1_000);
            int shift = shift(lap);
            callers.sum(caller -> {
                PostingCall call = new PostingCall(books, connections.of(caller));
                for (int payer = caller; payer < LedgerBooks.PEOPLE; payer += callers.count()) {
                    post(call, payer, (payer + shift) % LedgerBooks.PEOPLE);
                }
                return 0;
            });
        }
        connections.all("set synchronous_commit = on");
        terminal.end();
    }

    private static void post(PostingCall call, int payer, int payee) {
        try {
            call.post(new int[] {payer, payee});
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void fillLap(Handle handle, int lap, long firstMs, long stepUs) {
        handle.createUpdate(FILL_A_LAP)
                .bind("lap", lap)
                .bind("people", LedgerBooks.PEOPLE)
                .bind("shift", shift(lap))
                .bind("first_ms", firstMs)
                .bind("step_us", stepUs)
                .execute();
    }

    /** How far from the payer who is paid stands: another in each lap, and never the payer. */
    private static int shift(int lap) {
        int prime = 7_919;
        return 1 + (int) ((long) lap * prime % (LedgerBooks.PEOPLE - 1));
    }
}

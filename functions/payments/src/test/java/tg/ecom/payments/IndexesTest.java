package tg.ecom.payments;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each statement of a request, a message and the sweeper goes by an index. */
class IndexesTest {
    private static final UUID ID = UUID.fromString("01900000-0000-7000-8000-000000000001");
    private static final String NOW = "timestamptz '2026-11-23T08:00:00Z'";

    private final Scene scene = new Scene();

    @BeforeEach
    void manyPayments() {
        scene.superuser().useHandle(handle -> {
            handle.execute("""
                    insert into ledger.wallets (id, owner_id, purpose, kind, tier, floor, created_at, updated_at)
                    select uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring),
                        uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring),
                        'main', 'personal', 1, 0, '2026-11-23T08:00:00Z', '2026-11-23T08:00:00Z'
                    from generate_series(1, 2000) n
                    """);
            handle.execute("""
                    insert into payments.payments (id, wallet_id, user_id, amount, currency, method, operator_wallet_id,
                        purpose, phone_encrypted, phone_hash, operator_reference, status, reason, after_sequence,
                        next_question_at, expires_at, created_at, updated_at)
                    select uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring), w.id, w.id, 1,
                        'XOF', 'yas', '00000000-0000-7000-8000-000000000001', 'recharge', '\\x00', '\\x00', 'T' || n,
                        case when n % 50 = 0 then 'pending' else 'succeeded' end::payments.status, null, 0,
                        case when n % 50 = 0 then w.created_at + n * interval '1 second' end, w.created_at,
                        w.created_at, w.created_at
                    from generate_series(1, 20000) n
                    join ledger.wallets w
                        on w.id = uuid_in(('01900000-0000-7000-8000-' || lpad((n % 2000 + 1)::text, 12, '0'))::cstring)
                    """);
            handle.execute("""
                    insert into payments.payment_events (id, payment_id, sequence, kind, at)
                    select id, id, 1, 'begun', created_at from payments.payments
                    """);
            handle.execute("""
                    insert into payments.webhooks (id, operator, payment_id, headers, body_encrypted, received_at)
                    select id, 'yas', id, '{}', '\\x00', created_at + row_number() over () * interval '1 second'
                    from payments.payments
                    """);
            handle.execute("vacuum analyze payments.payments, payments.payment_events, payments.webhooks");
            handle.execute("analyze ledger.wallets");
        });
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void everyStatement_goesByIndex() {
        for (String statement : List.of(
                Payments.FIND,
                Payments.LOCK,
                Payments.CHANGE,
                Payments.ASKED,
                Payments.NEXT_QUESTION,
                SweepPayments.CLAIM,
                SweepPayments.FORGET,
                YasWebhook.KEEP,
                // Of payments.begin.
                "select count(*), sum(amount) from payments.payments where wallet_id = :id and status = 'pending'",
                """
                select created_at from payments.payments
                where wallet_id = :id and status in ('failed', 'expired') and created_at > %s
                order by created_at desc offset 9 limit 1
                """.formatted(NOW))) {
            String plan = plan(statement);
            assertFalse(plan.contains("Seq Scan"), () -> statement + "\n" + plan);
        }
    }

    private String plan(String statement) {
        String filled = statement
                .replaceAll(":(id|event_id|payment_id)\\b", "'" + ID + "'::uuid")
                .replaceAll(":operator_reference\\b", "'T1'::text")
                .replaceAll(":(status|before)\\b(?! as timestamptz)", "'pending'")
                .replaceAll(":(reason|word)\\b", "'word'")
                .replaceAll(":(detail|headers)\\b", "'{}'")
                .replaceAll(":body_encrypted\\b", "'\\\\x00'::bytea")
                .replaceAll(":open\\b", "true")
                .replaceAll(":(version|number|count_max)\\b", "1")
                .replaceAll(":(at|later|overdue|received_before|next_question_at)\\b", NOW);
        return scene.superuser()
                .withHandle(handle -> String.join(
                        "\n",
                        handle.createQuery("explain " + escaped(filled))
                                .mapTo(String.class)
                                .list()));
    }

    /** Casts with two colons are no parameters. */
    private static String escaped(String sql) {
        return sql.replace("::", "\\:\\:");
    }
}

package tg.ecom.notifications;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each statement of a request and of a message goes by an index. */
class IndexesTest {
    private static final UUID ID = UUID.fromString("01900000-0000-7000-8000-000000000001");
    private static final String NOW = "timestamptz '2026-11-23T08:00:00Z'";

    private final Scene scene = new Scene();

    @BeforeEach
    void manyNotifications() {
        scene.superuser().useHandle(handle -> {
            handle.execute("""
                    insert into notifications.contacts (user_id, phone_encrypted, language, updated_at)
                    select uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring), '\\x00', 'fr',
                        '2026-11-23T08:00:00Z'
                    from generate_series(1, 2000) n
                    """);
            handle.execute("""
                    insert into notifications.notifications (
                        id, user_id, kind, recharge_id, amount, currency, event_id, sms_status, created_at)
                    select uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring),
                        uuid_in(('01900000-0000-7000-8000-' || lpad((n % 2000 + 1)::text, 12, '0'))::cstring),
                        'recharge_failed',
                        uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring), 1, 'XOF',
                        uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring), 'sent',
                        timestamptz '2026-11-23T08:00:00Z' - n * interval '1 second'
                    from generate_series(1, 20000) n
                    """);
            handle.execute("""
                    insert into notifications.notifications (
                        id, user_id, kind, order_id, order_number, store_name, amount, currency, event_id, sms_status,
                        created_at)
                    select gen_random_uuid(), user_id, 'sale_placed', id, '7K3F9-2QXAB', 'Chez Kossi', amount, currency,
                        event_id, 'sent', created_at
                    from notifications.notifications
                    """);
            handle.execute("vacuum analyze notifications.contacts, notifications.notifications");
        });
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void everyStatement_goesByIndex() {
        for (String statement : List.of(
                ListNotifications.LIST,
                MarkNotificationRead.MARK,
                Telling.OUTDATE,
                Telling.WRITE,
                Sms.CLAIM,
                Sms.DUE_OF_EVENT,
                Sms.DUE_TO_USER,
                Sms.END,
                KeepContacts.KEEP)) {
            String plan = plan(statement);
            assertFalse(plan.contains("Seq Scan"), () -> statement + "\n" + plan);
        }
    }

    private String plan(String statement) {
        String filled = statement
                .replaceAll(":(id|user_id|event_id|recharge_id|order_id|before)\\b", "'" + ID + "'::uuid")
                .replaceAll(":status\\b", "'due'")
                .replaceAll(":kind\\b", "'recharge_failed'")
                .replaceAll(":kinds\\b", "'{recharge_failed}'")
                .replaceAll(":(order_number|store_name)\\b", "'7K3F9-2QXAB'")
                .replaceAll(":currency\\b", "'XOF'")
                .replaceAll(":language\\b", "'fr'")
                .replaceAll(":phone_encrypted\\b", "'\\\\x00'::bytea")
                .replaceAll(":(amount|sms_max|count_max)\\b", "1")
                .replaceAll(":(at|day_ago)\\b", NOW);
        return scene.superuser()
                .withHandle(handle -> String.join(
                        "\n",
                        // Casts with two colons are no parameters.
                        handle.createQuery("explain " + filled.replace("::", "\\:\\:"))
                                .mapTo(String.class)
                                .list()));
    }
}

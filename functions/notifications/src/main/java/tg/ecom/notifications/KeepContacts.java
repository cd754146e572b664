package tg.ecom.notifications;

import tg.ecom.kernel.Language;
import tg.ecom.kernel.UserId;
import tg.ecom.platform.Delivery;
import tg.ecom.platform.QueueFunction;
import tg.ecom.platform.VaultSettings;

/**
 * Consumes the queue of what auth tells of people: keeps how to reach each, the newest that it was told, and sends what
 * waited for it.
 */
public final class KeepContacts extends QueueFunction<KeepContacts.Contact> {
    static final String KEEP = """
            insert into notifications.contacts as c (user_id, phone_encrypted, language, updated_at)
            values (:user_id, :phone_encrypted, :language, :at)
            on conflict (user_id) do update
            set phone_encrypted = excluded.phone_encrypted,
                language = excluded.language,
                updated_at = excluded.updated_at
            """;

    /**
     * How to reach a person.
     *
     * @param phoneEncrypted as it is kept, and {@link Sms} decrypts it
     */
    public record Contact(UserId userId, byte[] phoneEncrypted, Language language) {}

    private final Sms sms = new Sms(surroundings());

    /** Reads phones. */
    public KeepContacts() {
        super(VaultSettings.class);
    }

    @Override
    protected void handle(Contact contact, Delivery delivery) {
        onceUnlessOutdated(
                delivery,
                transaction -> transaction
                        .createUpdate(KEEP)
                        .bind("user_id", contact.userId())
                        .bind("phone_encrypted", contact.phoneEncrypted())
                        .bind("language", contact.language().code())
                        .bind("at", clock().instant())
                        .execute());
        sms.sendDue(contact.userId());
    }

    @Override
    protected String example() {
        return """
                {"id": "00000000-0000-7000-8000-000000000000", "type": "user.registered",
                "subject_id": "00000000-0000-7000-8000-000000000000", "subject_version": 1,
                "occurred_at": "2026-01-01T00:00:00Z", "data": {
                    "user_id": "00000000-0000-7000-8000-000000000000", "phone_encrypted": "AA==", "language": "fr"}}
                """;
    }
}

package tg.ecom.auth;

import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.EventId;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.DomainEvent;
import tg.ecom.platform.Outbox;
import tg.ecom.platform.Vault;

/**
 * What other domains are told of a person, as {@code user.registered} or {@code user.updated}: how to reach them. The
 * whole of it each time, so that whoever missed an event loses nothing.
 *
 * @param phoneEncrypted by the vault, as belonging to {@code users.phone/<user_id>}: events pass through topics and
 *     queues, so only who may use the key reads the phone
 * @param language in which to write to them
 */
record ContactNews(UserId userId, byte[] phoneEncrypted, Language language) {

    /** Writes such events. */
    static final class Teller {
        static final String VERSION = "select version from auth.users where id = :id";

        private final Vault vault;
        private final InstantSource clock;

        Teller(Vault vault, InstantSource clock) {
            this.vault = vault;
            this.clock = clock;
        }

        /** Tells of a person who was just written in the same transaction, which has their row locked. */
        void tell(Handle transaction, String type, User user) {
            long version = transaction
                    .createQuery(VERSION)
                    .bind("id", user.id())
                    .mapTo(Long.class)
                    .one();
            byte[] phone = vault.encrypt(user.phone().e164(), "users.phone/" + user.id());
            Outbox.write(
                    transaction,
                    new DomainEvent(
                            new EventId(Uuid7.next(clock)),
                            type,
                            user.id().value(),
                            version,
                            clock.instant(),
                            new ContactNews(user.id(), phone, user.language())));
        }
    }
}

package tg.ecom.ledger;

import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import tg.ecom.platform.Caller;
import tg.ecom.platform.IdempotencyKey;

/** Tells a function of the ledger who asks, in which session, and with which key; nothing when Ecom itself does. */
final class CallerBinding {
    private CallerBinding() {}

    static Query bind(Query query, Optional<Caller> caller) {
        Optional<IdempotencyKey> key = caller.flatMap(Caller::key);
        return query.bind("caller_id", caller.map(Caller::user).orElse(null))
                .bind("session_id", caller.map(Caller::session).orElse(null))
                .bind("session_epoch", caller.map(Caller::epoch).orElse(null))
                .bind("operation", key.map(IdempotencyKey::operation).orElse(null))
                .bind("key", key.map(IdempotencyKey::key).orElse(null))
                .bind("body_hash", key.map(IdempotencyKey::bodyHash).orElse(null));
    }
}

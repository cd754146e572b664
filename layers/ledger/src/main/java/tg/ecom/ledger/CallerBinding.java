package tg.ecom.ledger;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;
import tg.ecom.platform.Caller;
import tg.ecom.platform.IdempotencyKey;

/** Tells functions of the ledger who asks, in which session, and with which key; nothing when Ecom itself does. */
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

    /** Several as an array of the type ledger.asker. */
    static String askers(List<PostingRequest> requests) {
        return RowText.array(
                requests.stream().map(request -> asker(request.caller())).toList());
    }

    private static String asker(Optional<Caller> caller) {
        Optional<IdempotencyKey> key = caller.flatMap(Caller::key);
        return RowText.row(Stream.of(
                RowText.field(caller.map(Caller::user)),
                RowText.field(caller.map(Caller::session)),
                RowText.field(caller.map(Caller::epoch)),
                RowText.field(key.map(IdempotencyKey::operation)),
                RowText.field(key.map(IdempotencyKey::key)),
                RowText.field(key.map(sent -> "\\x" + sent.bodyHash()))));
    }
}

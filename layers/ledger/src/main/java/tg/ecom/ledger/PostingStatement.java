package tg.ecom.ledger;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementException;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.TransferId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Json;

/** The one statement of a posting: ledger.post, or ledger.try_post, with everything it needs. */
final class PostingStatement {
    private static final String UNIQUE_VIOLATION = "23505";

    private PostingStatement() {}

    static PostingResult run(
            Handle handle, String sql, Posting posting, Optional<Caller> caller, InstantSource clock, ZoneId zone) {
        Instant now = clock.instant();
        Query query = handle.createQuery(sql)
                .bind("transfer_id", new TransferId(Uuid7.next(clock)))
                .bind("caps", posting.caps().code())
                .bind("currency", Money.CURRENCY)
                .bind("hold_id", posting.capture().map(Posting.Capture::hold).orElse(null))
                .bind(
                        "hold_closes",
                        posting.capture().map(Posting.Capture::closes).orElse(false))
                .bind("reverses_id", posting.reverses().orElse(null))
                .bind("at", now)
                .bind("zone", zone.getId());
        bindEntries(query, posting.entries(), clock);
        bindDetails(query, posting.details(), now);
        CallerBinding.bind(query, caller);
        try {
            return query.map((row, context) -> LedgerRows.posting(row)).one();
        } catch (StatementException failed) {
            // Known entry ids are unique: the payment that an entry completes has been completed before.
            if (failed.getCause() instanceof SQLException cause && UNIQUE_VIOLATION.equals(cause.getSQLState())) {
                return new PostingResult.Refused(new LedgerProblem.DuplicateEntry());
            }
            throw failed;
        }
    }

    private static void bindEntries(Query query, List<Posting.Entry> entries, InstantSource clock) {
        query.bind(
                        "entry_ids",
                        array(
                                entries,
                                entry -> entry.id()
                                        .map(EntryId::value)
                                        .orElseGet(() -> Uuid7.next(clock))
                                        .toString()))
                .bind("wallet_ids", array(entries, entry -> entry.wallet().toString()))
                .bind("amounts", array(entries, entry -> Long.toString(entry.amount())))
                .bind("categories", array(entries, entry -> entry.category().code()));
    }

    private static void bindDetails(Query query, Posting.Details details, Instant now) {
        query.bind("description", details.description().orElse(null))
                .bind("metadata", details.metadata().isEmpty() ? null : json(details.metadata()))
                .bind("related_service_id", details.relatedService().orElse(null))
                .bind("payment_method", details.method().code())
                .bind("external_reference", details.externalReference().orElse(null))
                .bind("effective_at", details.effectiveAt().orElse(now));
    }

    /** An array as PostgreSQL reads it; ids, numbers and names of enumerations need no quoting. */
    private static String array(List<Posting.Entry> entries, Function<Posting.Entry, String> element) {
        return entries.stream().map(element).collect(joining(",", "{", "}"));
    }

    private static String json(Map<String, Object> metadata) {
        try {
            return Json.mapper().writeValueAsString(metadata);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("metadata must be writable as JSON", notJson);
        }
    }
}

package tg.ecom.ledger;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementException;
import tg.ecom.kernel.TransferId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.BrokenConstraint;
import tg.ecom.platform.Caller;

/** The statements that post: by ledger.post and what stands beside it there, with everything they need. */
final class PostingStatement {
    private final Handle handle;
    private final InstantSource clock;
    private final ZoneId zone;

    PostingStatement(Handle handle, InstantSource clock, ZoneId zone) {
        this.handle = handle;
        this.clock = clock;
        this.zone = zone;
    }

    PostingResult post(String sql, PostingRequest request) {
        Query query = bound(sql, request.caller()).bind("posting", request.text());
        try {
            return query.map((row, context) -> LedgerRows.posting(row)).one();
        } catch (StatementException failed) {
            return new PostingResult.Refused(raced(failed));
        }
    }

    PostingResult reverse(TransferId transfer, String reason, Optional<Caller> caller) {
        return bound(LedgerSql.REVERSE, caller)
                .bind("transfer_id", new TransferId(Uuid7.next(clock)))
                .bind("reversed_id", transfer)
                .bind("reason", reason)
                .map((row, context) -> LedgerRows.posting(row))
                .one();
    }

    List<PostingResult> postEach(List<Posting> postings, Optional<Caller> caller) {
        try {
            return all(postings, false, caller)
                    .map((row, context) -> LedgerRows.posting(row))
                    .list();
        } catch (StatementException failed) {
            return Collections.nCopies(postings.size(), new PostingResult.Refused(raced(failed)));
        }
    }

    BatchResult postTogether(List<Posting> postings, Optional<Caller> caller) {
        try {
            return batch(all(postings, true, caller)
                    .map((row, context) -> LedgerRows.optionalPosting(row))
                    .list());
        } catch (StatementException failed) {
            return new BatchResult.Refused(0, raced(failed));
        }
    }

    /** What became of each, in their order. No key may stand in two of them. */
    List<PostingResult> gathered(List<PostingRequest> requests) {
        return timed(LedgerSql.POST_GATHERED)
                .bind("postings", PostingText.gathered(requests))
                .bind("askers", CallerBinding.askers(requests))
                .map((row, context) -> LedgerRows.posting(row))
                .list();
    }

    private static BatchResult batch(List<Optional<PostingResult>> outcomes) {
        List<PostingResult.Posted> posted = new ArrayList<>();
        for (int index = 0; index < outcomes.size(); index++) {
            switch (outcomes.get(index).orElse(null)) {
                case PostingResult.Posted each -> posted.add(each);
                case PostingResult.Refused refused -> {
                    return new BatchResult.Refused(index, refused.problem());
                }
                case null -> {}
            }
        }
        return new BatchResult.Posted(posted);
    }

    /** What another posting did first, in this very moment. @throws StatementException when it is anything else */
    private static LedgerProblem raced(StatementException failed) {
        return switch (BrokenConstraint.of(failed).orElse("")) {
            case "entries_pkey" -> new LedgerProblem.DuplicateEntry();
            case "transfers_reversal" -> new LedgerProblem.AlreadyReversed();
            default -> throw failed;
        };
    }

    private Query all(List<Posting> postings, boolean together, Optional<Caller> caller) {
        return bound(LedgerSql.POST_ALL, caller)
                .bind("batch_id", Uuid7.next(clock))
                .bind("postings", PostingText.batch(postings, clock))
                .bind("together", together);
    }

    private Query bound(String sql, Optional<Caller> caller) {
        return CallerBinding.bind(timed(sql), caller);
    }

    private Query timed(String sql) {
        return handle.createQuery(sql).bind("at", clock.instant()).bind("zone", zone.getId());
    }
}

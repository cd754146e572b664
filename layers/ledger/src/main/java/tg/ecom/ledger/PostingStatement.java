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
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.BrokenConstraint;
import tg.ecom.platform.Caller;

/** The statements that post: ledger.post, ledger.try_post or ledger.post_all, with everything they need. */
final class PostingStatement {
    private final Handle handle;
    private final InstantSource clock;
    private final ZoneId zone;

    PostingStatement(Handle handle, InstantSource clock, ZoneId zone) {
        this.handle = handle;
        this.clock = clock;
        this.zone = zone;
    }

    PostingResult post(String sql, Posting posting, Optional<Caller> caller) {
        Query query = bound(sql, caller).bind("posting", PostingText.of(posting, clock));
        try {
            return query.map((row, context) -> LedgerRows.posting(row)).one();
        } catch (StatementException failed) {
            return new PostingResult.Refused(raced(failed));
        }
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
                .bind("postings", PostingText.of(postings, clock))
                .bind("together", together);
    }

    private Query bound(String sql, Optional<Caller> caller) {
        Query query = handle.createQuery(sql).bind("at", clock.instant()).bind("zone", zone.getId());
        return CallerBinding.bind(query, caller);
    }
}

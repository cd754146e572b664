package tg.ecom.ledger;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tg.ecom.platform.Caller;

/** Many postings to be made by one statement, once they are known to be what PostgreSQL can take. */
final class Batch {
    static final int POSTINGS_MAX = 10_000;

    /** As many as so many postings have that go from one wallet to another. */
    static final int ENTRIES_MAX = 2 * POSTINGS_MAX;

    private final List<Posting> postings;
    private final Statements statements;
    private final InstantSource clock;
    private final ZoneId zone;

    Batch(List<Posting> postings, Statements statements, InstantSource clock, ZoneId zone) {
        this.postings = List.copyOf(postings);
        this.statements = statements;
        this.clock = clock;
        this.zone = zone;
    }

    /** Makes all or none. */
    BatchResult together(Optional<Caller> caller) {
        if (isTooLarge() || postings.isEmpty()) {
            return new BatchResult.Refused(0, new LedgerProblem.InvalidPosting());
        }
        return IntStream.range(0, postings.size())
                .filter(index -> !isKeepable(postings.get(index)))
                .mapToObj(index -> (BatchResult) new BatchResult.Refused(index, new LedgerProblem.InvalidDetails()))
                .findFirst()
                .orElseGet(() -> statements.run(
                        handle -> new PostingStatement(handle, clock, zone).postTogether(postings, caller)));
    }

    /** Makes each by itself. */
    List<PostingResult> each(Optional<Caller> caller) {
        if (isTooLarge()) {
            return Collections.nCopies(postings.size(), new PostingResult.Refused(new LedgerProblem.InvalidPosting()));
        }
        List<Posting> kept = postings.stream().filter(Batch::isKeepable).toList();
        Iterator<PostingResult> results = kept.isEmpty()
                ? Collections.emptyIterator()
                : statements
                        .run(handle -> new PostingStatement(handle, clock, zone).postEach(kept, caller))
                        .iterator();
        return postings.stream()
                .map(posting -> isKeepable(posting)
                        ? results.next()
                        : new PostingResult.Refused(new LedgerProblem.InvalidDetails()))
                .toList();
    }

    private static boolean isKeepable(Posting posting) {
        return Keepable.details(posting.details());
    }

    private boolean isTooLarge() {
        return postings.size() > POSTINGS_MAX
                || postings.stream()
                                .mapToLong(posting -> posting.entries().size())
                                .sum()
                        > ENTRIES_MAX;
    }
}

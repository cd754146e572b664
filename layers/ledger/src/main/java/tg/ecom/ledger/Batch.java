package tg.ecom.ledger;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
        for (int index = 0; index < postings.size(); index++) {
            if (!isKeepable(index)) {
                return new BatchResult.Refused(index, new LedgerProblem.InvalidDetails());
            }
        }
        return statements.run(handle -> new PostingStatement(handle, clock, zone).postTogether(postings, caller));
    }

    /** Makes each by itself. */
    List<PostingResult> each(Optional<Caller> caller) {
        if (isTooLarge()) {
            return refused(new LedgerProblem.InvalidPosting());
        }
        int[] kept =
                IntStream.range(0, postings.size()).filter(this::isKeepable).toArray();
        List<PostingResult> results = new ArrayList<>(refused(new LedgerProblem.InvalidDetails()));
        if (kept.length > 0) {
            List<Posting> keepable = Arrays.stream(kept).mapToObj(postings::get).toList();
            List<PostingResult> made =
                    statements.run(handle -> new PostingStatement(handle, clock, zone).postEach(keepable, caller));
            for (int i = 0; i < kept.length; i++) {
                results.set(kept[i], made.get(i));
            }
        }
        return List.copyOf(results);
    }

    private boolean isKeepable(int index) {
        return Keepable.details(postings.get(index).details());
    }

    private List<PostingResult> refused(LedgerProblem problem) {
        return Collections.nCopies(postings.size(), new PostingResult.Refused(problem));
    }

    private boolean isTooLarge() {
        return postings.size() > POSTINGS_MAX
                || postings.stream()
                                .mapToLong(posting -> posting.entries().size())
                                .sum()
                        > ENTRIES_MAX;
    }
}

package tg.ecom.ledger;

import java.util.List;

/** What became of postings that were to be made together. */
public sealed interface BatchResult {

    /** All were made; the results stand in the order of the postings. */
    record Posted(List<PostingResult.Posted> results) implements BatchResult {
        public Posted {
            results = List.copyOf(results);
        }
    }

    /**
     * None was made.
     *
     * @param index of the posting that was refused, from 0; what concerns all, such as a key used before, is told of
     *     the first
     * @param problem why
     */
    record Refused(int index, LedgerProblem problem) implements BatchResult {}

    /** What was posted. @throws tg.ecom.kernel.ProblemException when it was refused */
    default List<PostingResult.Posted> orThrow() {
        return switch (this) {
            case Posted posted -> posted.results();
            case Refused refused -> throw refused.problem().asException();
        };
    }
}

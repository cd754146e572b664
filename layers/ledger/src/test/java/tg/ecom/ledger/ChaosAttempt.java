package tg.ecom.ledger;

import java.time.Instant;
import java.util.stream.Stream;

/**
 * A request made once, and what came back.
 *
 * @param request which
 * @param from the time of all clocks when it was asked
 * @param to and when it was answered: the ledger was told one between
 * @param asked when it was really asked
 * @param answered when the answer was really there
 * @param answer what came back
 */
record ChaosAttempt(ChaosRequest request, Instant from, Instant to, Instant asked, Instant answered, Answer answer) {
    /** Each time that the ledger may have been told. */
    Stream<Instant> times() {
        return Stream.iterate(from, time -> !time.isAfter(to), time -> time.plus(ChaosSaboteur.TURN_OF_THE_CLOCK));
    }

    /** What can come back. */
    sealed interface Answer {
        record Posted(PostingResult.Posted posted) implements Answer {}

        record Held(HoldResult.Done held) implements Answer {}

        record Refused(LedgerRule rule) implements Answer {}

        /** It is so, and there is no more to tell. */
        record Done() implements Answer {}

        /** None: the database was gone. Whether anything was done is not known. */
        record Lost() implements Answer {}

        /** Whether it was done before. */
        default boolean isReplayed() {
            return switch (this) {
                case Posted answer -> answer.posted().replayed();
                case Held answer -> answer.held().replayed();
                case Refused _, Done _, Lost _ -> false;
            };
        }

        static Answer of(PostingResult result) {
            return switch (result) {
                case PostingResult.Posted posted -> new Posted(posted);
                case PostingResult.Refused refused ->
                    new Refused(refused.problem().broken());
            };
        }

        static Answer of(HoldResult result) {
            return switch (result) {
                case HoldResult.Done done -> new Held(done);
                case HoldResult.Refused refused -> new Refused(refused.problem().broken());
            };
        }

        static Answer of(StatusResult result) {
            return switch (result) {
                case StatusResult.Done done -> new Done();
                case StatusResult.Refused refused ->
                    new Refused(refused.problem().broken());
            };
        }
    }
}

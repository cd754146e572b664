package tg.ecom.ledger;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jdbi.v3.core.statement.StatementException;
import tg.ecom.kernel.UserId;
import tg.ecom.platform.BrokenConstraint;
import tg.ecom.platform.Caller;

/**
 * Makes the postings that threads ask for at the same time by one statement, each as if it were alone. Nobody waits for
 * company: who comes while no statement is underway posts at once, and who comes meanwhile waits until enough wait for
 * another, or until one is answered. So a posting that comes alone is made as ever, and the more come at once, the less
 * each of them costs.
 */
final class Gathering {
    /** While one is on its way, the server works on the other. */
    private static final int STATEMENTS_MAX = 2;

    /** Few enough that the first of them soon has its answer. */
    private static final int POSTINGS_MAX = 32;

    /** A posting with more entries is work enough for a statement of its own. */
    private static final int ENTRIES_MAX = 8;

    private final Statements statements;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private int statementsUnderway;
    private int postingsUnderway;

    /** By statements that are each committed by themselves. */
    Gathering(Statements statements, InstantSource clock, ZoneId zone) {
        this.statements = statements;
        this.clock = clock;
        this.zone = zone;
    }

    PostingResult post(PostingRequest request) {
        if (request.posting().entries().size() > ENTRIES_MAX) {
            return alone(request);
        }
        Waiting own = new Waiting(request);
        enqueue(own);
        while (own.answer == null) {
            own.await();
            own.takeLead().ifPresent(this::make);
        }
        return own.answer.get();
    }

    private synchronized void enqueue(Waiting own) {
        queue.addLast(own);
        startNext();
    }

    /** Has those who have waited longest make the next statements. */
    private void startNext() {
        while (isTime()) {
            List<Waiting> batch = take();
            statementsUnderway++;
            postingsUnderway += batch.size();
            batch.getFirst().lead(batch);
        }
    }

    /** With a statement underway, another is worth its while when as many wait as that one carries. */
    private boolean isTime() {
        return !queue.isEmpty()
                && (statementsUnderway == 0
                        || (statementsUnderway < STATEMENTS_MAX && queue.size() >= postingsUnderway));
    }

    private synchronized void finish(List<Waiting> batch) {
        statementsUnderway--;
        postingsUnderway -= batch.size();
        startNext();
    }

    /** A statement's share of those that have waited longest. Of two with one key the second waits for the first. */
    private List<Waiting> take() {
        int share = Math.min(Math.ceilDiv(queue.size() + postingsUnderway, STATEMENTS_MAX), POSTINGS_MAX);
        List<Waiting> batch = new ArrayList<>(share);
        Set<Key> keys = new HashSet<>();
        for (Iterator<Waiting> waiting = queue.iterator(); waiting.hasNext() && batch.size() < share; ) {
            Waiting next = waiting.next();
            if (Key.of(next.request).map(keys::add).orElse(true)) {
                batch.add(next);
                waiting.remove();
            }
        }
        return batch;
    }

    private void make(List<Waiting> batch) {
        List<Supplier<PostingResult>> answers =
                answers(batch.stream().map(each -> each.request).toList());
        finish(batch);
        for (int index = 0; index < batch.size(); index++) {
            batch.get(index).answer(answers.get(index));
        }
    }

    private List<Supplier<PostingResult>> answers(List<PostingRequest> requests) {
        if (requests.size() > 1) {
            try {
                return statements.run(handle -> new PostingStatement(handle, clock, zone).gathered(requests)).stream()
                        .map(Gathering::given)
                        .toList();
            } catch (RuntimeException | Error failed) {
                if (!(failed instanceof StatementException && BrokenConstraint.isAnswered(failed))) {
                    return requests.stream().map(request -> thrown(failed)).toList();
                }
                // One of them failed all, and nothing is done: each by itself has its own answer.
            }
        }
        return requests.stream().map(this::answer).toList();
    }

    private Supplier<PostingResult> answer(PostingRequest request) {
        try {
            return given(alone(request));
        } catch (RuntimeException | Error failed) {
            return thrown(failed);
        }
    }

    private PostingResult alone(PostingRequest request) {
        return statements.run(handle -> new PostingStatement(handle, clock, zone).post(LedgerSql.POST, request));
    }

    private static Supplier<PostingResult> given(PostingResult result) {
        return () -> result;
    }

    private static Supplier<PostingResult> thrown(Throwable failed) {
        return () -> {
            switch (failed) {
                case Error error -> throw error;
                case RuntimeException exception -> throw exception;
                default -> throw new IllegalStateException(failed);
            }
        };
    }

    /** A request and the thread that waits for its answer, or, before that, for its turn to make the next statement. */
    private static final class Waiting {
        private final PostingRequest request;
        private final Thread thread = Thread.currentThread();
        private volatile List<Waiting> batch = List.of();
        private volatile Supplier<PostingResult> answer;

        Waiting(PostingRequest request) {
            this.request = request;
        }

        void lead(List<Waiting> others) {
            batch = others;
            LockSupport.unpark(thread);
        }

        void answer(Supplier<PostingResult> given) {
            answer = given;
            LockSupport.unpark(thread);
        }

        /**
         * Until there is a batch to lead or an answer. An interrupt is for whoever asked, not for those in the batch.
         */
        void await() {
            boolean isInterrupted = false;
            while (batch.isEmpty() && answer == null) {
                LockSupport.park(this);
                isInterrupted |= Thread.interrupted();
            }
            if (isInterrupted) {
                thread.interrupt();
            }
        }

        /** What this thread is to make, once. */
        Optional<List<Waiting>> takeLead() {
            List<Waiting> lead = batch;
            batch = List.of();
            return lead.isEmpty() ? Optional.empty() : Optional.of(lead);
        }
    }

    /** An idempotency key, whatever it was sent with. */
    private record Key(UserId caller, String operation, String key) {
        static Optional<Key> of(PostingRequest request) {
            return request.caller().flatMap(Caller::key).map(key -> new Key(key.caller(), key.operation(), key.key()));
        }
    }
}

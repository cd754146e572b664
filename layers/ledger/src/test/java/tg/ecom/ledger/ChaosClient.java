package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import tg.ecom.kernel.ProblemException;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.ChaosAttempt.Answer;
import tg.ecom.ledger.ChaosRequest.Act;
import tg.ecom.platform.Caller;
import tg.ecom.platform.CommonProblem;
import tg.ecom.platform.Database;

/** One request of an instance of a function at a time: it asks, asks again when it was not answered, and notes all. */
final class ChaosClient implements Callable<List<ChaosAttempt>> {
    /** Some minutes of asking again. */
    private static final int RETRIES_MAX = 10_000;

    private static final Duration BACKOFF_MAX = Duration.ofMillis(50);
    private static final int GIVE_UP_ONE_IN = 10;
    private static final int LOOK_ONE_IN = 20;
    private static final int SEAL_ONE_IN = 60;
    private static final int AUDIT_ONE_IN = 1_500;

    private final ChaosCast cast;
    private final ChaosStorm storm;
    private final Random random;
    private final ChaosWishes wishes;
    private final Database database;
    private final Ledger ledger;
    private final List<ChaosAttempt> attempts = new ArrayList<>();

    /** A client of an instance that others may share. */
    ChaosClient(ChaosCast cast, ChaosStorm storm, int number, long seed, Instance instance) {
        this.cast = cast;
        this.storm = storm;
        this.random = new Random(seed);
        this.wishes = new ChaosWishes(cast, random, "client-" + number);
        this.database = instance.database();
        this.ledger = instance.ledger();
    }

    /** What the requests of an instance have in common. */
    record Instance(Database database, Ledger ledger) {
        static Instance of(Books books) {
            Database database = books.database("ecom_wallet");
            return new Instance(database, new Ledger(database, books.clock()));
        }
    }

    /** Asks until the storm is over. @return every attempt */
    @Override
    public List<ChaosAttempt> call() {
        try {
            while (!storm.isOver()) {
                pursue(wishes.next());
                lookAround();
            }
            return attempts;
        } catch (RuntimeException | AssertionError failed) {
            storm.fail();
            throw failed;
        }
    }

    /** Asks what was decided before. @return every attempt */
    List<ChaosAttempt> carryOut(List<ChaosRequest> requests) {
        requests.forEach(this::pursue);
        return attempts;
    }

    /** Without a key, once; else until there is an answer, but for some, who never learn what became of it. */
    private void pursue(ChaosRequest request) {
        if (request.key().isPresent()) {
            // Before it is answered, so that others ask the same at the same time.
            cast.requests.add(request);
        }
        boolean isPatient = request.key().isPresent() && random.nextInt(GIVE_UP_ONE_IN) > 0;
        Answer first = attempt(request);
        Answer answer = first;
        for (int retries = 0; isPatient && answer instanceof Answer.Lost && retries < RETRIES_MAX; retries++) {
            answer = attempt(request);
        }
        if (first instanceof Answer.Lost && answer.isReplayed()) {
            storm.saw(ChaosSight.ANSWERED_LATER);
        }
        remember(answer);
    }

    private Answer attempt(ChaosRequest request) {
        Instant from = cast.books.now();
        Instant asked = Instant.now();
        Answer answer = answer(request);
        attempts.add(new ChaosAttempt(request, from, cast.books.now(), asked, Instant.now(), answer));
        storm.saw(ChaosSight.of(request, answer));
        if (answer instanceof Answer.Lost) {
            backOff();
        }
        return answer;
    }

    private Answer answer(ChaosRequest request) {
        try {
            return switch (request.act()) {
                case Act.Pay pay -> Answer.of(pay(request, pay.posting()));
                case Act.Capture capture -> Answer.of(ledger.capture(capture.posting(), capture.capture()));
                case Act.Promise promise ->
                    Answer.of(ledger.hold(promise.hold(), request.caller().orElseThrow()));
                case Act.Release release -> Answer.of(ledger.release(release.hold()));
                case Act.Expire _ -> {
                    ledger.expire(100);
                    yield new Answer.Done();
                }
                case Act.Reverse reverse -> Answer.of(reverse(request, reverse));
                case Act.Freeze freeze -> Answer.of(freeze(request, freeze));
            };
        } catch (ProblemException failed) {
            return lost(failed);
        }
    }

    private PostingResult pay(ChaosRequest request, Posting posting) {
        return request.caller().isPresent()
                ? ledger.post(posting, request.caller().orElseThrow())
                : ledger.post(posting);
    }

    private PostingResult reverse(ChaosRequest request, Act.Reverse reverse) {
        Caller asker = request.caller().orElseThrow();
        return ledger.reverse(reverse.transfer(), request.name(), asker);
    }

    /** Within a transaction that leaves a mark: a wallet does not tell when it was frozen. */
    private StatusResult freeze(ChaosRequest request, Act.Freeze freeze) {
        return database.transact(handle -> {
            handle.execute("insert into chaos.marks (name) values (?)", request.name());
            WalletId wallet = freeze.wallet();
            Ledger within = ledger.within(handle);
            return freeze.on() ? within.freeze(wallet) : within.unfreeze(wallet);
        });
    }

    /** What else goes on: people look at their balance, the job seals, the books are checked. */
    private void lookAround() {
        try {
            if (random.nextInt(LOOK_ONE_IN) == 0) {
                Balance balance = ledger.balance(cast.people
                                .get(random.nextInt(cast.people.size()))
                                .wallet())
                        .orElseThrow();
                assertTrue(balance.available().equals(balance.balance().minus(balance.held())), balance::toString);
            }
            if (random.nextInt(SEAL_ONE_IN) == 0 && new Seals(database, cast.books.clock()).sealAll() > 0) {
                storm.saw("sealed");
            }
            if (random.nextInt(AUDIT_ONE_IN) == 0) {
                Verification verification = new Verifier(database).verify();
                assertTrue(verification.ok(), verification::toString);
                storm.saw("audited");
            }
        } catch (ProblemException failed) {
            lost(failed);
        }
    }

    private void remember(Answer answer) {
        switch (answer) {
            case Answer.Posted posted -> cast.transfers.add(posted.posted().transfer());
            case Answer.Held held -> {
                Hold hold = held.held().hold();
                cast.holds.add(new ChaosCast.Held(
                        hold.id(), cast.personOf(hold.wallet()), hold.amount().amount()));
            }
            case Answer.Refused _, Answer.Done _, Answer.Lost _ -> {}
        }
    }

    private void backOff() {
        LockSupport.parkNanos(random.nextLong(BACKOFF_MAX.toNanos()));
    }

    /** That the database is gone is no wonder; anything else is. */
    private static Answer lost(ProblemException failed) {
        if (failed.problem() instanceof CommonProblem.Unavailable) {
            return new Answer.Lost();
        }
        throw failed;
    }
}

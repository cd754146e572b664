package tg.ecom.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.SessionId;
import tg.ecom.kernel.TransferId;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.ChaosAttempt.Answer;
import tg.ecom.ledger.ChaosBooks.Effect;
import tg.ecom.ledger.ChaosRequest.Act;
import tg.ecom.ledger.LedgerModel.Part;
import tg.ecom.ledger.PostingResult.Posted;
import tg.ecom.ledger.PostingResult.PostedEntry;

/**
 * Does in the model, one after the other, what was committed while all went on at once. What was done must have been
 * allowed just then, with just these balances; and what was refused must have had that reason to be refused at some
 * moment between question and answer.
 */
final class ChaosReplay {
    /** Something that happened, at the same moment in the order of {@link Turn}. */
    private record Moment(Instant at, Turn turn, Runnable happening) {}

    private enum Turn {
        ASKED,
        COMMITTED,
        ANSWERED
    }

    private final LedgerModel model = new LedgerModel(0);
    private final Map<WalletId, Integer> people = new HashMap<>();
    private final Set<WalletId> others;
    private final Set<WalletId> stores;
    private final Set<SessionId> endedSessions;
    private final Map<String, ChaosRequest> requests = new HashMap<>();
    private final Map<ChaosRequest.Key, String> keys = new HashMap<>();
    private final Map<TransferId, Posted> transfers = new HashMap<>();
    private final Map<TransferId, Integer> postings = new HashMap<>();
    private final Map<HoldId, Integer> holds = new HashMap<>();
    private final List<ChaosAttempt> unexplained = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();

    ChaosReplay(ChaosCast cast, List<ChaosAttempt> attempts) {
        cast.people.forEach(person -> people.put(person.wallet(), model.join(person.tier())));
        stores = Set.copyOf(cast.stores);
        others = Stream.concat(
                        cast.stores.stream(), Stream.of(EcomWallet.values()).map(EcomWallet::id))
                .collect(Collectors.toSet());
        endedSessions = cast.people.stream()
                .map(person -> person.endedSession().session())
                .collect(Collectors.toSet());
        attempts.forEach(attempt -> requests.put(attempt.request().name(), attempt.request()));
    }

    /** What the model would have answered or kept otherwise. */
    List<String> differences(ChaosBooks books, List<ChaosAttempt> attempts) {
        Stream<Moment> effects = books.effects().stream()
                .map(effect -> new Moment(effect.committed(), Turn.COMMITTED, () -> apply(effect)));
        Stream<Moment> refusals = attempts.stream()
                .filter(attempt -> attempt.answer() instanceof Answer.Refused)
                .flatMap(attempt -> Stream.of(
                        new Moment(attempt.asked(), Turn.ASKED, () -> ask(attempt)),
                        new Moment(attempt.answered(), Turn.ANSWERED, () -> conclude(attempt))));
        Stream.concat(effects, refusals)
                .sorted(Comparator.comparing(Moment::at).thenComparing(Moment::turn))
                .forEach(moment -> moment.happening().run());
        people.forEach((wallet, number) -> compare(books.wallets().get(wallet), number));
        return differences;
    }

    private void ask(ChaosAttempt attempt) {
        if (!isExplained(attempt)) {
            unexplained.add(attempt);
        }
    }

    private void conclude(ChaosAttempt attempt) {
        if (unexplained.remove(attempt)) {
            differences.add("refused without reason: " + attempt + ", now it would be "
                    + reason(attempt.request(), attempt.to()));
        }
    }

    private void apply(Effect effect) {
        switch (effect) {
            case Effect.Moved moved -> asked(moved.name(), moved).ifPresent(request -> move(moved.posted(), request));
            case Effect.Promised promised ->
                asked(promised.name(), promised).ifPresent(request -> promise(promised, request));
            case Effect.Ended ended -> end(ended);
            case Effect.Marked marked ->
                asked(Optional.of(marked.name()), marked).ifPresent(request -> {
                    Act.Freeze freeze = (Act.Freeze) request.act();
                    model.people.get(people.get(freeze.wallet())).frozen = freeze.on();
                });
        }
        unexplained.removeIf(this::isExplained);
    }

    private Optional<ChaosRequest> asked(Optional<String> name, Effect effect) {
        Optional<ChaosRequest> request = name.map(requests::get);
        if (request.isEmpty()) {
            differences.add("nobody asked for " + effect);
        }
        request.flatMap(ChaosRequest::key).ifPresent(key -> {
            if (keys.put(key, name.orElseThrow()) != null) {
                differences.add("a second effect of " + key + ": " + effect);
            }
        });
        return request;
    }

    private void move(Posted posted, ChaosRequest request) {
        Map<WalletId, Long> wanted = amounts(request.act());
        Optional<LedgerRule> refusal = tried(request.act(), posted.at());
        transfers.put(posted.transfer(), posted);
        postings.put(posted.transfer(), model.postings.size() - 1);
        if (refusal.isPresent()) {
            differences.add("posted, but should have been refused by " + refusal + ": " + request + " as " + posted);
        }
        if (!wanted.equals(amounts(posted))) {
            differences.add("not what was asked for: " + request + " became " + posted);
        }
        for (PostedEntry entry : posted.entries()) {
            Optional<Money> balance = Optional.ofNullable(people.get(entry.wallet()))
                    .map(number -> new Money(model.people.get(number).balance));
            if (!balance.equals(entry.balanceAfter())) {
                differences.add("the balance should be " + balance + " after " + entry + " of " + request);
            }
        }
    }

    private Optional<LedgerRule> tried(Act act, Instant at) {
        return switch (act) {
            case Act.Pay pay -> model.post(parts(pay.posting()), pay.posting().caps(), at);
            case Act.Capture capture ->
                model.capture(
                        holds.get(capture.capture().hold()),
                        parts(capture.posting()),
                        capture.capture().closes(),
                        at);
            case Act.Reverse reverse -> model.reverse(postings.get(reverse.transfer()), at);
            case Act.Promise _, Act.Release _, Act.Expire _, Act.Freeze _ ->
                throw new IllegalStateException("moves nothing: " + act);
        };
    }

    private void promise(Effect.Promised promised, ChaosRequest request) {
        HoldRequest wanted = ((Act.Promise) request.act()).hold();
        Optional<LedgerRule> refusal =
                model.hold(people.get(wanted.wallet()), wanted.amount().amount(), wanted.expiresAt(), promised.at());
        holds.put(promised.hold().id(), model.holds.size() - 1);
        if (refusal.isPresent()) {
            differences.add("held, but should have been refused by " + refusal + ": " + request);
        }
    }

    private void end(Effect.Ended ended) {
        int number = holds.get(ended.hold().id());
        boolean wasOpen = model.holds.get(number).status == Hold.Status.OPEN;
        boolean isRight = ended.hold().status() == Hold.Status.RELEASED
                ? wasOpen && model.release(number, ended.at()).isEmpty()
                : model.expire(number, ended.at());
        if (!isRight) {
            differences.add("ended, but should not have been: " + ended);
        }
    }

    private boolean isExplained(ChaosAttempt attempt) {
        return attempt.times().anyMatch(time -> isExplained(attempt, time));
    }

    private boolean isExplained(ChaosAttempt attempt, Instant at) {
        LedgerRule told = ((Answer.Refused) attempt.answer()).rule();
        Optional<LedgerRule> reason = reason(attempt.request(), at);
        // What a store has is no part of the model: payments come in without a lock, in no order but that of sight.
        return reason.equals(Optional.of(told))
                || (reason.isEmpty() && told == LedgerRule.INSUFFICIENT_FUNDS && takesFromStore(attempt.request()));
    }

    /** Why the request would be refused now. */
    private Optional<LedgerRule> reason(ChaosRequest request, Instant at) {
        Optional<String> usedBy = request.key().map(keys::get);
        if (usedBy.isPresent()) {
            return usedBy.filter(name -> !name.equals(request.name())).map(_ -> LedgerRule.IDEMPOTENCY_KEY_REUSED);
        }
        Optional<LedgerRule> session = request.caller()
                .filter(caller -> endedSessions.contains(caller.session()))
                .map(_ -> LedgerRule.SESSION_REVOKED);
        return Stream.of(session, refusal(request.act(), at))
                .flatMap(Optional::stream)
                .min(LedgerRule::compareTo);
    }

    private Optional<LedgerRule> refusal(Act act, Instant at) {
        return switch (act) {
            case Act.Pay pay ->
                model.refusal(parts(pay.posting()), pay.posting().caps(), at);
            case Act.Capture capture ->
                model.captureRefusal(holds.get(capture.capture().hold()), parts(capture.posting()), at);
            case Act.Promise promise ->
                model.holdRefusal(
                        people.get(promise.hold().wallet()),
                        promise.hold().amount().amount(),
                        promise.hold().expiresAt(),
                        at);
            case Act.Release release -> model.releaseRefusal(holds.get(release.hold()));
            case Act.Reverse reverse -> model.reversalRefusal(postings.get(reverse.transfer()), at);
            case Act.Expire _, Act.Freeze _ -> Optional.empty();
        };
    }

    private boolean takesFromStore(ChaosRequest request) {
        return amounts(request.act()).entrySet().stream()
                .anyMatch(part -> stores.contains(part.getKey()) && part.getValue() < 0);
    }

    private Map<WalletId, Long> amounts(Act act) {
        return switch (act) {
            case Act.Pay pay -> amounts(pay.posting());
            case Act.Capture capture -> amounts(capture.posting());
            case Act.Reverse reverse ->
                transfers.get(reverse.transfer()).entries().stream()
                        .collect(Collectors.toMap(PostedEntry::wallet, entry -> -entry.amount()));
            case Act.Promise _, Act.Release _, Act.Expire _, Act.Freeze _ -> Map.of();
        };
    }

    private static Map<WalletId, Long> amounts(Posting posting) {
        return posting.entries().stream()
                .collect(Collectors.toMap(Posting.Entry::wallet, Posting.Entry::amount, Long::sum));
    }

    private static Map<WalletId, Long> amounts(Posted posted) {
        return posted.entries().stream().collect(Collectors.toMap(PostedEntry::wallet, PostedEntry::amount, Long::sum));
    }

    private List<Part> parts(Posting posting) {
        return posting.entries().stream()
                .map(entry -> new Part(number(entry.wallet()), entry.amount()))
                .toList();
    }

    private int number(WalletId wallet) {
        return people.getOrDefault(wallet, others.contains(wallet) ? Part.NO_PERSON : Part.UNKNOWN);
    }

    private void compare(ChaosBooks.Wallet found, int number) {
        LedgerModel.Person person = model.people.get(number);
        ChaosBooks.Wallet expected = new ChaosBooks.Wallet(
                person.balance,
                person.held,
                person.spentDay,
                person.spentMonth,
                person.reloadedMonth,
                person.day.toString(),
                person.frozen);
        if (!expected.equals(found)) {
            differences.add("person " + number + " should end with " + expected + ", not with " + found);
        }
    }
}

package tg.ecom.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tg.ecom.kernel.HoldId;
import tg.ecom.ledger.ChaosAttempt.Answer;
import tg.ecom.ledger.ChaosBooks.Effect;
import tg.ecom.ledger.ChaosBooks.KeyUse;
import tg.ecom.ledger.PostingResult.Posted;

/** Whether what was answered is in the books, what is in the books was answered or lost, and nothing is there twice. */
final class ChaosAnswers {
    private final ChaosBooks books;
    private final List<ChaosAttempt> attempts;
    private final Map<String, Effect> effects = new HashMap<>();
    private final Map<HoldId, Hold> holds = new HashMap<>();
    private final Set<String> made = new HashSet<>();
    private final List<String> differences = new ArrayList<>();

    ChaosAnswers(ChaosBooks books, List<ChaosAttempt> attempts) {
        this.books = books;
        this.attempts = attempts;
    }

    /** What does not fit. */
    List<String> differences() {
        books.effects().forEach(this::note);
        attempts.forEach(this::find);
        requireOneMaking();
        requireOrigins();
        requireKeys();
        return differences;
    }

    /** How many things were done without that anybody was told so at once. */
    long toldLaterOrNever() {
        return effects.keySet().stream().filter(name -> !made.contains(name)).count();
    }

    private void note(Effect effect) {
        switch (effect) {
            case Effect.Moved moved -> note(moved.name(), moved);
            case Effect.Promised promised -> {
                note(promised.name(), promised);
                holds.put(promised.hold().id(), promised.hold());
            }
            case Effect.Marked marked -> note(Optional.of(marked.name()), marked);
            case Effect.Ended _ -> {}
        }
    }

    private void note(Optional<String> name, Effect effect) {
        if (name.isEmpty() || effects.put(name.orElseThrow(), effect) != null) {
            differences.add("nameless, or the second of its name: " + effect);
        }
    }

    private void find(ChaosAttempt attempt) {
        Effect effect = effects.get(attempt.request().name());
        boolean isFound = switch (attempt.answer()) {
            case Answer.Posted posted ->
                effect instanceof Effect.Moved moved && isSame(posted.posted(), moved.posted());
            case Answer.Held held
            when attempt.request().act() instanceof ChaosRequest.Act.Release ->
                isSame(held.held().hold(), holds.get(held.held().hold().id()));
            case Answer.Held held ->
                effect instanceof Effect.Promised promised
                        && isPromised(held.held().hold(), promised.hold());
            case Answer.Done _ ->
                effect instanceof Effect.Marked || attempt.request().act() instanceof ChaosRequest.Act.Expire;
            case Answer.Refused _, Answer.Lost _ -> true;
        };
        if (!isFound) {
            differences.add("answered, but the books say " + effect + ": " + attempt);
        }
    }

    private static boolean isSame(Posted answered, Posted found) {
        return answered.transfer().equals(found.transfer())
                && answered.at().equals(found.at())
                && answered.entries().size() == found.entries().size()
                && Set.copyOf(answered.entries()).equals(Set.copyOf(found.entries()));
    }

    private static boolean isSame(Hold released, Hold found) {
        return released.equals(found);
    }

    private static boolean isPromised(Hold answered, Hold found) {
        return answered.id().equals(found.id())
                && answered.wallet().equals(found.wallet())
                && answered.amount().equals(found.amount())
                && answered.expiresAt().equals(found.expiresAt());
    }

    /** Of all who were told that it is done, one was told that they did it just now. */
    private void requireOneMaking() {
        for (ChaosAttempt attempt : attempts) {
            boolean isMaking = switch (attempt.answer()) {
                case Answer.Posted _, Answer.Held _, Answer.Done _ ->
                    !attempt.answer().isReplayed();
                case Answer.Refused _, Answer.Lost _ -> false;
            };
            if (isMaking && !made.add(attempt.request().name())) {
                differences.add("done for the second time: " + attempt);
            }
        }
    }

    private void requireOrigins() {
        Set<String> mayBe = attempts.stream()
                .filter(attempt -> !(attempt.answer() instanceof Answer.Refused))
                .map(attempt -> attempt.request().name())
                .collect(Collectors.toSet());
        effects.forEach((name, effect) -> {
            if (!mayBe.contains(name)) {
                differences.add("in the books, but only ever refused: " + effect);
            }
        });
    }

    /** A key stands there for what it made, and what was made with a key has it there. */
    private void requireKeys() {
        Map<ChaosRequest.Key, KeyUse> expected = attempts.stream()
                .map(ChaosAttempt::request)
                .distinct()
                .filter(request -> request.key().isPresent() && effects.containsKey(request.name()))
                .collect(Collectors.toMap(
                        request -> request.key().orElseThrow(),
                        request -> new KeyUse(request.name(), outcome(effects.get(request.name()))),
                        (one, other) -> {
                            differences.add("made with one key: " + one + " and " + other);
                            return one;
                        }));
        if (!expected.equals(books.keys())) {
            Map<ChaosRequest.Key, KeyUse> found = new HashMap<>(books.keys());
            found.entrySet().removeAll(expected.entrySet());
            expected.entrySet().removeAll(books.keys().entrySet());
            differences.add("keys without effect " + found + ", effects without key " + expected);
        }
    }

    private static UUID outcome(Effect effect) {
        return switch (effect) {
            case Effect.Moved moved -> moved.posted().transfer().value();
            case Effect.Promised promised -> promised.hold().id().value();
            case Effect.Ended _, Effect.Marked _ -> throw new IllegalStateException("has no key: " + effect);
        };
    }
}

package tg.ecom.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The ledger's rules once more, in plain Java and without a database: what the ledger must answer. */
final class LedgerModel {
    final List<Person> people = new ArrayList<>();
    final List<Promise> holds = new ArrayList<>();
    final List<Done> postings = new ArrayList<>();

    /** The caps of a KYC tier. */
    record Tier(long single, long daily, long monthly, long balance, long reload) {
        static final Tier FIRST = new Tier(25_000, 50_000, 500_000, 2_000_000, 10_000_000);
        static final Tier SECOND = new Tier(200_000, 500_000, 2_000_000, 2_000_000, 10_000_000);
    }

    /**
     * What a wallet gets, or, below zero, gives. Of one that is no person's nothing is kept: it can take part in all.
     */
    record Part(int person, long amount) {
        static final int NO_PERSON = -1;
        static final int UNKNOWN = -2;

        static Part elsewhere(long amount) {
            return new Part(NO_PERSON, amount);
        }

        boolean isOf(int other) {
            return person == other;
        }
    }

    static final class Person {
        final Tier tier;
        long balance;
        long held;
        long spentDay;
        long spentMonth;
        long reloadedMonth;
        LocalDate day = LocalDate.MIN;
        boolean frozen;

        private Person(Tier tier) {
            this.tier = tier;
        }

        private Person rolledTo(LocalDate today) {
            Person rolled = new Person(tier);
            rolled.balance = balance;
            rolled.held = held;
            rolled.spentDay = spentDay;
            rolled.spentMonth = spentMonth;
            rolled.reloadedMonth = reloadedMonth;
            rolled.day = day;
            rolled.frozen = frozen;
            rolled.roll(today);
            return rolled;
        }

        private void roll(LocalDate today) {
            if (day.isBefore(today)) {
                spentDay = 0;
                if (day.isBefore(today.withDayOfMonth(1))) {
                    spentMonth = 0;
                    reloadedMonth = 0;
                }
                day = today;
            }
        }

        private void spend(long amount) {
            spentDay += amount;
            spentMonth += amount;
        }

        /** The counters get back what was counted on a day, if they still count that day or its month. */
        private void giveBack(long spent, LocalDate counted) {
            if (counted.equals(day)) {
                spentDay -= spent;
            }
            if (isOfThisMonth(counted)) {
                spentMonth -= spent;
            }
        }

        private boolean isOfThisMonth(LocalDate counted) {
            return !counted.isBefore(day.withDayOfMonth(1));
        }
    }

    static final class Promise {
        final int owner;
        final long amount;
        final LocalDate day;
        final Instant expiresAt;
        long captured;
        Hold.Status status = Hold.Status.OPEN;

        private Promise(int owner, long amount, LocalDate day, Instant expiresAt) {
            this.owner = owner;
            this.amount = amount;
            this.day = day;
            this.expiresAt = expiresAt;
        }
    }

    /** A posting that was made. */
    static final class Done {
        final List<Part> parts;
        final Caps caps;
        final Optional<Promise> paidBy;
        final LocalDate day;
        final boolean isReversal;
        boolean isReversed;

        private Done(List<Part> parts, Caps caps, Optional<Promise> paidBy, LocalDate day, boolean isReversal) {
            this.parts = parts;
            this.caps = caps;
            this.paidBy = paidBy;
            this.day = day;
            this.isReversal = isReversal;
        }
    }

    /** A model with so many people of the first tier. */
    LedgerModel(int people) {
        for (int i = 0; i < people; i++) {
            join(Tier.FIRST);
        }
    }

    /** Another person comes. @return their number */
    int join(Tier tier) {
        people.add(new Person(tier));
        return people.size() - 1;
    }

    /** Empty when the ledger must do it, else the rule that it must name. */
    Optional<LedgerRule> transfer(int from, int to, long amount, Instant now) {
        return post(List.of(new Part(from, -amount), new Part(to, amount)), Caps.SPENDING, now);
    }

    Optional<LedgerRule> fund(int to, long amount, Instant now) {
        return post(List.of(Part.elsewhere(-amount), new Part(to, amount)), Caps.RELOAD, now);
    }

    Optional<LedgerRule> post(List<Part> parts, Caps caps, Instant now) {
        Optional<LedgerRule> refusal = refusal(parts, caps, now);
        if (refusal.isEmpty()) {
            parts.forEach(part -> move(part, caps, now));
            postings.add(new Done(parts, caps, Optional.empty(), local(now), false));
        }
        return refusal;
    }

    /** What {@link #post} would answer. */
    Optional<LedgerRule> refusal(List<Part> parts, Caps caps, Instant now) {
        return first(Stream.concat(
                shape(parts).stream(), parts.stream().flatMap(part -> refusal(part, caps, now).stream())));
    }

    Optional<LedgerRule> hold(int owner, long amount, Duration validFor, Instant now) {
        return hold(owner, amount, now.plus(validFor), now);
    }

    Optional<LedgerRule> hold(int owner, long amount, Instant expiresAt, Instant now) {
        Optional<LedgerRule> refusal = holdRefusal(owner, amount, expiresAt, now);
        if (refusal.isEmpty()) {
            Person person = roll(owner, now);
            person.held += amount;
            person.spend(amount);
            holds.add(new Promise(owner, amount, person.day, expiresAt));
        }
        return refusal;
    }

    /** What {@link #hold} would answer. */
    Optional<LedgerRule> holdRefusal(int owner, long amount, Instant expiresAt, Instant now) {
        if (amount == 0) {
            return Optional.of(LedgerRule.INVALID_AMOUNT);
        }
        return expiresAt.isAfter(now)
                ? refusal(new Part(owner, -amount), Caps.SPENDING, now)
                : Optional.of(LedgerRule.HOLD_EXPIRED);
    }

    Optional<LedgerRule> capture(int hold, int to, long amount, boolean closes, Instant now) {
        return capture(hold, List.of(new Part(holds.get(hold).owner, -amount), new Part(to, amount)), closes, now);
    }

    Optional<LedgerRule> capture(int hold, List<Part> parts, boolean closes, Instant now) {
        Optional<LedgerRule> refusal = captureRefusal(hold, parts, now);
        if (refusal.isEmpty()) {
            Promise promise = holds.get(hold);
            long amount = paid(promise, parts);
            parts.forEach(part -> move(part, Caps.NONE, now));
            people.get(promise.owner).held -= amount;
            promise.captured += amount;
            if (closes || promise.captured == promise.amount) {
                end(promise, Hold.Status.CAPTURED, now);
            }
            postings.add(new Done(parts, Caps.NONE, Optional.of(promise), local(now), false));
        }
        return refusal;
    }

    /** What {@link #capture} would answer. */
    Optional<LedgerRule> captureRefusal(int hold, List<Part> parts, Instant now) {
        Promise promise = holds.get(hold);
        return first(Stream.of(
                        shape(parts),
                        promiseRefusal(promise, paid(promise, parts), now),
                        parts.stream()
                                .filter(part -> !part.isOf(promise.owner))
                                .flatMap(part -> refusal(part, Caps.NONE, now).stream())
                                .min(LedgerRule::compareTo))
                .flatMap(Optional::stream));
    }

    Optional<LedgerRule> release(int hold, Instant now) {
        Optional<LedgerRule> refusal = releaseRefusal(hold);
        if (refusal.isEmpty() && holds.get(hold).status == Hold.Status.OPEN) {
            end(holds.get(hold), Hold.Status.RELEASED, now);
        }
        return refusal;
    }

    /** What {@link #release} would answer. */
    Optional<LedgerRule> releaseRefusal(int hold) {
        return holds.get(hold).status == Hold.Status.CAPTURED ? Optional.of(LedgerRule.HOLD_CLOSED) : Optional.empty();
    }

    int expire(Instant now) {
        List<Promise> due = holds.stream()
                .filter(hold -> hold.status == Hold.Status.OPEN && !hold.expiresAt.isAfter(now))
                .toList();
        due.forEach(hold -> end(hold, Hold.Status.EXPIRED, now));
        return due.size();
    }

    /** One hold whose time has come. @return whether it had */
    boolean expire(int hold, Instant now) {
        Promise promise = holds.get(hold);
        boolean isDue = promise.status == Hold.Status.OPEN && !promise.expiresAt.isAfter(now);
        if (isDue) {
            end(promise, Hold.Status.EXPIRED, now);
        }
        return isDue;
    }

    Optional<LedgerRule> reverse(int posting, Instant now) {
        Optional<LedgerRule> refusal = reversalRefusal(posting, now);
        if (refusal.isEmpty()) {
            Done reversed = postings.get(posting);
            List<Part> opposite = opposite(reversed);
            opposite.forEach(part -> move(part, Caps.NONE, now));
            reversed.parts.stream().filter(part -> part.person() >= 0).forEach(part -> uncount(reversed, part));
            reversed.isReversed = true;
            postings.add(new Done(opposite, Caps.NONE, Optional.empty(), local(now), true));
        }
        return refusal;
    }

    /** What {@link #reverse} would answer. */
    Optional<LedgerRule> reversalRefusal(int posting, Instant now) {
        Done reversed = postings.get(posting);
        if (reversed.isReversed) {
            return Optional.of(LedgerRule.ALREADY_REVERSED);
        }
        return reversed.isReversal
                ? Optional.of(LedgerRule.NOT_REVERSIBLE)
                : refusal(opposite(reversed), Caps.NONE, now);
    }

    /** A person as they would be found now. */
    Person rolled(int index, Instant now) {
        return people.get(index).rolledTo(local(now));
    }

    private Person roll(int index, Instant now) {
        Person person = people.get(index);
        person.roll(local(now));
        return person;
    }

    private void move(Part part, Caps caps, Instant now) {
        if (part.person() < 0) {
            return;
        }
        Person person = roll(part.person(), now);
        person.balance += part.amount();
        if (caps == Caps.SPENDING && part.amount() < 0) {
            person.spend(-part.amount());
        } else if (caps == Caps.RELOAD && part.amount() > 0) {
            person.reloadedMonth += part.amount();
        }
    }

    private void end(Promise promise, Hold.Status status, Instant now) {
        Person owner = roll(promise.owner, now);
        long rest = promise.amount - promise.captured;
        promise.status = status;
        owner.held -= rest;
        owner.giveBack(rest, promise.day);
    }

    /** What a person's part of a posting took from their counters goes back. */
    private void uncount(Done reversed, Part part) {
        Person person = people.get(part.person());
        Optional<Promise> promise = reversed.paidBy.filter(hold -> part.isOf(hold.owner));
        LocalDate counted = promise.map(hold -> hold.day).orElse(reversed.day);
        if (part.amount() < 0 && (promise.isPresent() || reversed.caps == Caps.SPENDING)) {
            person.giveBack(-part.amount(), counted);
        } else if (part.amount() > 0 && reversed.caps == Caps.RELOAD && person.isOfThisMonth(counted)) {
            person.reloadedMonth -= part.amount();
        }
    }

    private Optional<LedgerRule> refusal(Part part, Caps caps, Instant now) {
        if (part.person() < 0) {
            return part.isOf(Part.UNKNOWN) ? Optional.of(LedgerRule.UNKNOWN_WALLET) : Optional.empty();
        }
        Person person = rolled(part.person(), now);
        return part.amount() < 0 ? giving(person, -part.amount(), caps) : taking(person, part.amount(), caps);
    }

    private static Optional<LedgerRule> shape(List<Part> parts) {
        if (parts.stream().anyMatch(part -> part.amount() == 0)) {
            return Optional.of(LedgerRule.INVALID_AMOUNT);
        }
        boolean isToThemselves = parts.size() == 2
                && parts.getFirst().person() >= 0
                && parts.getFirst().isOf(parts.getLast().person());
        return isToThemselves ? Optional.of(LedgerRule.SELF_TRANSFER) : Optional.empty();
    }

    private static Optional<LedgerRule> promiseRefusal(Promise promise, long amount, Instant now) {
        if (promise.status != Hold.Status.OPEN) {
            return Optional.of(LedgerRule.HOLD_CLOSED);
        }
        if (!promise.expiresAt.isAfter(now)) {
            return Optional.of(LedgerRule.HOLD_EXPIRED);
        }
        return amount > promise.amount - promise.captured ? Optional.of(LedgerRule.HOLD_EXCEEDED) : Optional.empty();
    }

    private static Optional<LedgerRule> giving(Person payer, long amount, Caps caps) {
        if (payer.frozen) {
            return Optional.of(LedgerRule.WALLET_FROZEN);
        }
        if (payer.balance - payer.held < amount) {
            return Optional.of(LedgerRule.INSUFFICIENT_FUNDS);
        }
        boolean isBeyond = amount > payer.tier.single()
                || payer.spentDay + amount > payer.tier.daily()
                || payer.spentMonth + amount > payer.tier.monthly();
        return caps == Caps.SPENDING && isBeyond ? Optional.of(LedgerRule.LIMIT_EXCEEDED) : Optional.empty();
    }

    private static Optional<LedgerRule> taking(Person payee, long amount, Caps caps) {
        if (caps == Caps.NONE) {
            return Optional.empty();
        }
        if (payee.balance + amount > payee.tier.balance()) {
            return Optional.of(LedgerRule.BALANCE_CAP_EXCEEDED);
        }
        return caps == Caps.RELOAD && payee.reloadedMonth + amount > payee.tier.reload()
                ? Optional.of(LedgerRule.LIMIT_EXCEEDED)
                : Optional.empty();
    }

    private static List<Part> opposite(Done posting) {
        return posting.parts.stream()
                .map(part -> new Part(part.person(), -part.amount()))
                .toList();
    }

    private static long paid(Promise promise, List<Part> parts) {
        return parts.stream()
                .filter(part -> part.isOf(promise.owner) && part.amount() < 0)
                .mapToLong(part -> -part.amount())
                .sum();
    }

    private static Optional<LedgerRule> first(Stream<LedgerRule> broken) {
        return broken.min(LedgerRule::compareTo);
    }

    private static LocalDate local(Instant now) {
        return now.atZone(Ledger.LOME).toLocalDate();
    }
}

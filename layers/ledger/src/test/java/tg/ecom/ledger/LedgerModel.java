package tg.ecom.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules of the first KYC tier once more, in plain Java and without a database: what the ledger must answer. */
final class LedgerModel {
    private static final long SINGLE_MAX = 25_000;
    private static final long DAILY_MAX = 50_000;
    private static final long MONTHLY_MAX = 500_000;
    private static final long BALANCE_MAX = 2_000_000;
    private static final long RELOAD_MAX = 10_000_000;

    final List<Person> people = new ArrayList<>();
    final List<Promise> holds = new ArrayList<>();

    static final class Person {
        long balance;
        long held;
        long spentDay;
        long spentMonth;
        long reloadedMonth;
        LocalDate day = LocalDate.MIN;
        boolean frozen;

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

    LedgerModel(int people) {
        for (int i = 0; i < people; i++) {
            this.people.add(new Person());
        }
    }

    /** Empty when the ledger must do it, else the rule that it must name. */
    Optional<LedgerRule> transfer(int from, int to, long amount, Instant now) {
        if (amount == 0) {
            return Optional.of(LedgerRule.INVALID_AMOUNT);
        }
        if (from == to) {
            return Optional.of(LedgerRule.SELF_TRANSFER);
        }
        Person payer = rolled(from, now);
        Person payee = rolled(to, now);
        Optional<LedgerRule> refusal = Stream.of(spending(payer, amount), receiving(payee, amount))
                .flatMap(Optional::stream)
                .min(LedgerRule::compareTo);
        if (refusal.isEmpty()) {
            payer.balance -= amount;
            payer.spentDay += amount;
            payer.spentMonth += amount;
            payee.balance += amount;
        }
        return refusal;
    }

    Optional<LedgerRule> fund(int to, long amount, Instant now) {
        if (amount == 0) {
            return Optional.of(LedgerRule.INVALID_AMOUNT);
        }
        Person payee = rolled(to, now);
        Optional<LedgerRule> refusal = receiving(payee, amount);
        if (refusal.isEmpty() && payee.reloadedMonth + amount > RELOAD_MAX) {
            return Optional.of(LedgerRule.LIMIT_EXCEEDED);
        }
        if (refusal.isEmpty()) {
            payee.balance += amount;
            payee.reloadedMonth += amount;
        }
        return refusal;
    }

    Optional<LedgerRule> hold(int owner, long amount, Duration validFor, Instant now) {
        if (amount == 0) {
            return Optional.of(LedgerRule.INVALID_AMOUNT);
        }
        Person person = rolled(owner, now);
        Optional<LedgerRule> refusal = spending(person, amount);
        if (refusal.isEmpty()) {
            person.held += amount;
            person.spentDay += amount;
            person.spentMonth += amount;
            holds.add(new Promise(owner, amount, person.day, now.plus(validFor)));
        }
        return refusal;
    }

    Optional<LedgerRule> capture(int hold, int to, long amount, boolean closes, Instant now) {
        Promise promise = holds.get(hold);
        if (amount == 0) {
            return Optional.of(LedgerRule.INVALID_AMOUNT);
        }
        if (promise.owner == to) {
            return Optional.of(LedgerRule.SELF_TRANSFER);
        }
        if (promise.status != Hold.Status.OPEN) {
            return Optional.of(LedgerRule.HOLD_CLOSED);
        }
        if (!promise.expiresAt.isAfter(now)) {
            return Optional.of(LedgerRule.HOLD_EXPIRED);
        }
        if (amount > promise.amount - promise.captured) {
            return Optional.of(LedgerRule.HOLD_EXCEEDED);
        }
        Person owner = rolled(promise.owner, now);
        rolled(to, now).balance += amount;
        owner.balance -= amount;
        owner.held -= amount;
        promise.captured += amount;
        if (closes || promise.captured == promise.amount) {
            end(promise, Hold.Status.CAPTURED, now);
        }
        return Optional.empty();
    }

    Optional<LedgerRule> release(int hold, Instant now) {
        Promise promise = holds.get(hold);
        if (promise.status == Hold.Status.CAPTURED) {
            return Optional.of(LedgerRule.HOLD_CLOSED);
        }
        if (promise.status == Hold.Status.OPEN) {
            end(promise, Hold.Status.RELEASED, now);
        }
        return Optional.empty();
    }

    int expire(Instant now) {
        List<Promise> due = holds.stream()
                .filter(hold -> hold.status == Hold.Status.OPEN && !hold.expiresAt.isAfter(now))
                .toList();
        due.forEach(hold -> end(hold, Hold.Status.EXPIRED, now));
        return due.size();
    }

    Person rolled(int index, Instant now) {
        Person person = people.get(index);
        person.roll(now.atZone(Ledger.LOME).toLocalDate());
        return person;
    }

    private void end(Promise promise, Hold.Status status, Instant now) {
        Person owner = rolled(promise.owner, now);
        long rest = promise.amount - promise.captured;
        promise.status = status;
        owner.held -= rest;
        if (promise.day.equals(owner.day)) {
            owner.spentDay -= rest;
        }
        if (!promise.day.isBefore(owner.day.withDayOfMonth(1))) {
            owner.spentMonth -= rest;
        }
    }

    private static Optional<LedgerRule> spending(Person payer, long amount) {
        if (payer.frozen) {
            return Optional.of(LedgerRule.WALLET_FROZEN);
        }
        if (payer.balance - payer.held < amount) {
            return Optional.of(LedgerRule.INSUFFICIENT_FUNDS);
        }
        boolean beyond =
                amount > SINGLE_MAX || payer.spentDay + amount > DAILY_MAX || payer.spentMonth + amount > MONTHLY_MAX;
        return beyond ? Optional.of(LedgerRule.LIMIT_EXCEEDED) : Optional.empty();
    }

    private static Optional<LedgerRule> receiving(Person payee, long amount) {
        return payee.balance + amount > BALANCE_MAX ? Optional.of(LedgerRule.BALANCE_CAP_EXCEEDED) : Optional.empty();
    }
}

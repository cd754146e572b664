package tg.ecom.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.TransferId;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.ChaosBooks.Effect;
import tg.ecom.ledger.ChaosRequest.Act;
import tg.ecom.ledger.LedgerModel.Tier;
import tg.ecom.ledger.PostingResult.Posted;
import tg.ecom.ledger.PostingResult.PostedEntry;

/**
 * Sums up from the entries and the holds what each person sent, promised and got by days and by months, without any
 * counter and without what went back, and names what is more than their tier allows.
 */
final class ChaosLimits {
    /** Of one wallet, on one day: a clock that is behind the wallet's last counts for the latter's. */
    private record Day(WalletId wallet, LocalDate day) {}

    private record Month(WalletId wallet, YearMonth month) {}

    private final Map<WalletId, Tier> tiers;
    private final Map<String, Act> acts;
    private final Map<WalletId, LocalDate> days = new HashMap<>();
    private final Map<Day, Long> spent = new HashMap<>();
    private final Map<Month, Long> reloaded = new HashMap<>();
    private final Map<HoldId, Long> reversedOfHolds = new HashMap<>();
    private final Set<TransferId> reversed = new HashSet<>();
    private final List<String> passed = new ArrayList<>();

    ChaosLimits(ChaosCast cast, List<ChaosAttempt> attempts) {
        tiers = cast.people.stream().collect(Collectors.toMap(ChaosCast.Person::wallet, ChaosCast.Person::tier));
        acts = attempts.stream()
                .map(ChaosAttempt::request)
                .collect(Collectors.toMap(ChaosRequest::name, ChaosRequest::act, (one, _) -> one));
    }

    /** Every limit that was passed. */
    List<String> passed(ChaosBooks books) {
        books.effects().forEach(this::noteReversed);
        books.effects().forEach(this::noteReversedOfHolds);
        books.effects().forEach(this::count);
        require("a day", spent, Day::wallet, Tier::daily);
        require("a month", byMonth(), Month::wallet, Tier::monthly);
        require("a month's reloads", reloaded, Month::wallet, Tier::reload);
        return passed;
    }

    private void noteReversed(Effect effect) {
        if (effect instanceof Effect.Moved moved && act(moved) instanceof Act.Reverse reverse) {
            reversed.add(reverse.transfer());
        }
    }

    private void noteReversedOfHolds(Effect effect) {
        if (effect instanceof Effect.Moved moved
                && act(moved) instanceof Act.Capture capture
                && reversed.contains(moved.posted().transfer())) {
            reversedOfHolds.merge(
                    capture.capture().hold(),
                    -capture.posting().entries().getFirst().amount(),
                    Long::sum);
        }
    }

    private void count(Effect effect) {
        switch (effect) {
            case Effect.Moved moved -> {
                moved.posted()
                        .entries()
                        .forEach(entry -> day(entry.wallet(), moved.posted().at()));
                if (act(moved) instanceof Act.Pay pay) {
                    moved.posted().entries().stream()
                            .filter(entry -> tiers.containsKey(entry.wallet()))
                            .forEach(entry -> count(entry, pay.posting().caps(), moved.posted()));
                }
            }
            case Effect.Promised promised -> promise(promised);
            case Effect.Ended ended -> day(ended.hold().wallet(), ended.at());
            case Effect.Marked _ -> {}
        }
    }

    private void count(PostedEntry entry, Caps caps, Posted posted) {
        Tier tier = tiers.get(entry.wallet());
        LocalDate day = days.get(entry.wallet());
        boolean stands = !reversed.contains(posted.transfer());
        if (caps == Caps.SPENDING && entry.amount() < 0) {
            require("a payment", -entry.amount(), tier.single(), posted);
            if (stands) {
                spent.merge(new Day(entry.wallet(), day), -entry.amount(), Long::sum);
            }
        }
        if (caps != Caps.NONE && entry.amount() > 0) {
            require("a balance", entry.balanceAfter().orElseThrow().amount(), tier.balance(), posted);
        }
        if (caps == Caps.RELOAD && entry.amount() > 0 && stands) {
            reloaded.merge(new Month(entry.wallet(), YearMonth.from(day)), entry.amount(), Long::sum);
        }
    }

    /** What it paid, for good, and what it may still pay. */
    private void promise(Effect.Promised promised) {
        Hold hold = promised.hold();
        require("a hold", hold.amount().amount(), tiers.get(hold.wallet()).single(), hold);
        long weight = hold.captured().amount() + hold.left().amount() - reversedOfHolds.getOrDefault(hold.id(), 0L);
        spent.merge(new Day(hold.wallet(), day(hold.wallet(), promised.at())), weight, Long::sum);
    }

    /** The day on which the wallet counts what comes now. */
    private LocalDate day(WalletId wallet, Instant at) {
        LocalDate today = at.atZone(Ledger.LOME).toLocalDate();
        return days.merge(wallet, today, (last, next) -> last.isAfter(next) ? last : next);
    }

    private Map<Month, Long> byMonth() {
        Map<Month, Long> months = new HashMap<>();
        spent.forEach(
                (day, amount) -> months.merge(new Month(day.wallet(), YearMonth.from(day.day())), amount, Long::sum));
        return months;
    }

    private Act act(Effect.Moved moved) {
        return acts.get(moved.name().orElseThrow());
    }

    private <K> void require(String what, Map<K, Long> sums, Function<K, WalletId> wallet, ToLongFunction<Tier> limit) {
        sums.forEach((key, sum) -> require(what, sum, limit.applyAsLong(tiers.get(wallet.apply(key))), key));
    }

    private void require(String what, long sum, long limit, Object where) {
        if (sum > limit) {
            passed.add("%s of %d, where %d is the limit: %s".formatted(what, sum, limit, where));
        }
    }
}

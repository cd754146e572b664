package tg.ecom.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.ChaosCast.Held;
import tg.ecom.ledger.ChaosCast.Person;
import tg.ecom.ledger.ChaosRequest.Act;
import tg.ecom.ledger.Posting.Entry;

/** Draws what a client wants next, sensible or not. */
final class ChaosWishes {
    /** What may be wanted, and how often of a hundred times. */
    private enum Kind {
        TRANSFER(26),
        FARE(8),
        PAY_STORE(8),
        SETTLEMENT(2),
        FUNDING(6),
        HOLD(12),
        CAPTURE(11),
        RELEASE(4),
        EXPIRY(1),
        REVERSAL(5),
        FREEZING(3),
        SAME_AGAIN(7),
        SAME_KEY_OTHER_BODY(3),
        SAME_KEY_OTHER_CALLER(2),
        ENDED_SESSION(2);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        static Kind any(Random random) {
            int left = random.nextInt(100);
            for (Kind kind : values()) {
                left -= kind.weight;
                if (left < 0) {
                    return kind;
                }
            }
            throw new IllegalStateException("the weights are a hundred");
        }
    }

    private static final int NOBODY_ONE_IN = 50;
    private static final int FREEZE_ONE_IN = 5;
    private static final int HOLD_HOURS_MAX = 12;
    private static final long[] BOUNDARIES = {0, 1, 5_000, 5_001, 25_000, 25_001, 200_000, 200_001, 1_900_000};

    private final ChaosCast cast;
    private final Random random;
    private final String prefix;
    private long count;

    ChaosWishes(ChaosCast cast, Random random, String prefix) {
        this.cast = cast;
        this.random = random;
        this.prefix = prefix;
    }

    /** The next request; a transfer where there is nothing yet to do again, to pay from or to undo. */
    ChaosRequest next() {
        return drawn().orElseGet(this::transfer);
    }

    private Optional<ChaosRequest> drawn() {
        return switch (Kind.any(random)) {
            case TRANSFER -> Optional.of(transfer());
            case FARE -> Optional.of(fare());
            case PAY_STORE -> Optional.of(payStore());
            case SETTLEMENT -> Optional.of(byEcom(settlement()));
            case FUNDING -> Optional.of(byEcom(funding()));
            case HOLD -> Optional.of(hold());
            case CAPTURE -> cast.holds.any(random).map(hold -> byEcom(capture(hold)));
            case RELEASE -> cast.holds.any(random).map(hold -> byEcom(new Act.Release(hold.id())));
            case EXPIRY -> Optional.of(byEcom(new Act.Expire()));
            case REVERSAL -> cast.transfers.any(random).map(transfer -> by(person(), new Act.Reverse(transfer)));
            case FREEZING -> Optional.of(byEcom(new Act.Freeze(person().wallet(), random.nextInt(FREEZE_ONE_IN) == 0)));
            case SAME_AGAIN -> cast.requests.any(random);
            case SAME_KEY_OTHER_BODY -> cast.requests.any(random).flatMap(this::dearer);
            case SAME_KEY_OTHER_CALLER ->
                cast.requests.any(random).flatMap(ChaosRequest::key).map(this::otherCaller);
            case ENDED_SESSION -> Optional.of(inEndedSession());
        };
    }

    private ChaosRequest transfer() {
        Person payer = person();
        return by(payer, new Act.Pay(Posting.transfer(payer.wallet(), payee(), amount())));
    }

    private ChaosRequest fare() {
        Person payer = person();
        return by(payer, new Act.Pay(shared(payer, amount())));
    }

    private ChaosRequest payStore() {
        Person payer = person();
        Money amount = amount();
        return by(
                payer,
                new Act.Pay(Posting.payment(List.of(
                        Entry.debit(payer.wallet(), amount, Category.SHOPPING),
                        Entry.credit(store(), amount, Category.SHOPPING)))));
    }

    private Act settlement() {
        Money amount = amount();
        return new Act.Pay(Posting.payment(List.of(
                        Entry.debit(store(), amount, Category.WITHDRAWAL),
                        Entry.credit(person().wallet(), amount, Category.WITHDRAWAL)))
                .under(Caps.NONE));
    }

    private Act funding() {
        PaymentMethod method = random.nextBoolean() ? PaymentMethod.YAS : PaymentMethod.FLOOZ;
        return new Act.Pay(Posting.funding(method, person().wallet(), new Money(10 * amount().amount())));
    }

    private ChaosRequest hold() {
        Person owner = person();
        return by(
                owner,
                new Act.Promise(new HoldRequest(
                        owner.wallet(),
                        amount(),
                        Category.TRANSPORT,
                        cast.books.now().plus(Duration.ofHours(1 + random.nextInt(HOLD_HOURS_MAX))),
                        Optional.empty())));
    }

    /** All of a hold, a part of it, or a franc more than it ever had. */
    private Act capture(Held hold) {
        long amount = switch (random.nextInt(5)) {
            case 0 -> hold.amount() + 1;
            case 1 -> hold.amount();
            default -> 1 + random.nextLong(hold.amount());
        };
        return new Act.Capture(
                shared(hold.owner(), new Money(amount)), new Posting.Capture(hold.id(), random.nextBoolean()));
    }

    private Optional<ChaosRequest> dearer(ChaosRequest earlier) {
        return earlier.act() instanceof Act.Pay pay
                ? earlier.key()
                        .map(key -> ChaosRequest.of(
                                name(), earlier.caller().orElseThrow(), key.key(), ChaosRequest.dearer(pay)))
                : Optional.empty();
    }

    private ChaosRequest otherCaller(ChaosRequest.Key key) {
        Person payer = person();
        return ChaosRequest.of(
                name(), payer.caller(), key.key(), new Act.Pay(Posting.transfer(payer.wallet(), payee(), amount())));
    }

    private ChaosRequest inEndedSession() {
        Person payer = person();
        String name = name();
        return ChaosRequest.of(
                name, payer.endedSession(), name, new Act.Pay(Posting.transfer(payer.wallet(), payee(), amount())));
    }

    private ChaosRequest by(Person person, Act act) {
        String name = name();
        return ChaosRequest.of(name, person.caller(), name, act);
    }

    private ChaosRequest byEcom(Act act) {
        return ChaosRequest.of(name(), act);
    }

    /** What a person pays for a ride: to one or two others, with a commission. */
    private Posting shared(Person payer, Money amount) {
        List<Person> others = new ArrayList<>(cast.people);
        others.remove(payer);
        Collections.shuffle(others, random);
        long commission = amount.amount() / 10;
        long tip = random.nextBoolean() ? amount.amount() / 20 : 0;
        List<Entry> entries = new ArrayList<>();
        entries.add(Entry.debit(payer.wallet(), amount, Category.TRANSPORT));
        if (tip > 0) {
            entries.add(Entry.credit(others.getLast().wallet(), new Money(tip), Category.TRANSPORT));
        }
        if (commission > 0) {
            entries.add(Entry.credit(EcomWallet.COMMISSION.id(), new Money(commission), Category.COMMISSION));
        }
        entries.add(Entry.credit(
                others.getFirst().wallet(), new Money(amount.amount() - commission - tip), Category.TRANSPORT));
        return Posting.payment(entries);
    }

    private Money amount() {
        int die = random.nextInt(20);
        if (die < 14) {
            return new Money(1 + random.nextLong(1_500));
        }
        return new Money(die < 17 ? 1 + random.nextLong(20_000) : BOUNDARIES[random.nextInt(BOUNDARIES.length)]);
    }

    private Person person() {
        return cast.people.get(random.nextInt(cast.people.size()));
    }

    private WalletId payee() {
        return random.nextInt(NOBODY_ONE_IN) == 0 ? Books.nobody() : person().wallet();
    }

    private WalletId store() {
        return cast.stores.get(random.nextInt(cast.stores.size()));
    }

    private String name() {
        return prefix + "-" + count++;
    }
}

package tg.ecom.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.TransferId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.kernel.WalletId;
import tg.ecom.platform.Caller;

/** Who takes part: people of several tiers, and stores; and what they did last, to be done again or undone. */
final class ChaosCast {
    private static final int PEOPLE_EACH = 5;
    private static final int STORES = 3;
    private static final int RECENT_MAX = 64;

    /** A tier of this test's own, whose every cap binds soon. */
    private static final LedgerModel.Tier NARROW = new LedgerModel.Tier(5_000, 20_000, 60_000, 80_000, 150_000);

    private static final short NARROW_NUMBER = 11;

    /**
     * Somebody with a wallet.
     *
     * @param caller in a session
     * @param endedSession in one that was ended
     * @param tier whose caps bind
     */
    record Person(Caller caller, Caller endedSession, LedgerModel.Tier tier) {
        WalletId wallet() {
            return caller.wallet();
        }
    }

    /** A hold that was placed. */
    record Held(HoldId id, Person owner, long amount) {}

    final Books books;
    final List<Person> people = new ArrayList<>();
    final List<WalletId> stores;
    final Recent<ChaosRequest> requests = new Recent<>();
    final Recent<TransferId> transfers = new Recent<>();
    final Recent<Held> holds = new Recent<>();

    /** They all join, with nothing yet. */
    ChaosCast(Books books) {
        this.books = books;
        // So that days and a month end.
        books.moveTo("2028-02-28T18:00:00Z");
        books.superuser()
                .useHandle(handle -> handle.execute(
                        "insert into ledger.tiers values (?, '2020-01-01T00:00:00Z', ?, ?, ?, ?, ?)",
                        NARROW_NUMBER,
                        NARROW.single(),
                        NARROW.daily(),
                        NARROW.monthly(),
                        NARROW.balance(),
                        NARROW.reload()));
        for (int i = 0; i < PEOPLE_EACH; i++) {
            people.add(person(1, LedgerModel.Tier.FIRST));
            people.add(person(2, LedgerModel.Tier.SECOND));
            people.add(person(NARROW_NUMBER, NARROW));
        }
        stores = IntStream.range(0, STORES).mapToObj(_ -> store()).toList();
    }

    /** What the people start with: some little, some all but the most that they may have. */
    List<ChaosRequest> opening() {
        List<ChaosRequest> opening = new ArrayList<>();
        for (Person person : people) {
            long most = person.tier().balance();
            Money amount = new Money(opening.size() % 2 == 0 ? most / 40 : most - most / 100);
            opening.add(ChaosRequest.of(
                    "opening-" + opening.size(),
                    new ChaosRequest.Act.Pay(Posting.funding(PaymentMethod.YAS, person.wallet(), amount))));
        }
        return opening;
    }

    Person personOf(WalletId wallet) {
        return people.stream()
                .filter(person -> person.wallet().equals(wallet))
                .findFirst()
                .orElseThrow();
    }

    private Person person(int tierNumber, LedgerModel.Tier tier) {
        Caller caller = books.person("Person " + people.size());
        Caller ended = books.caller(caller.user(), 0);
        books.sessions().revoke(ended.session(), ended.user());
        books.superuser()
                .useHandle(handle -> handle.execute(
                        "update ledger.wallets set tier = ? where id = ?",
                        tierNumber,
                        caller.wallet().value()));
        return new Person(caller, ended, tier);
    }

    private WalletId store() {
        UUID id = Uuid7.next(books.clock());
        books.superuser()
                .useHandle(handle -> handle.createQuery(
                                "select ledger.open_receivable(p_store_id => :id, p_currency => 'XOF', p_at => :at)")
                        .bind("id", id)
                        .bind("at", books.now())
                        .mapTo(String.class)
                        .list());
        return new WalletId(id);
    }

    /** The last of something, of which clients draw at random. */
    static final class Recent<T> {
        private final List<T> last = new ArrayList<>();
        private long count;

        synchronized void add(T one) {
            if (last.size() < RECENT_MAX) {
                last.add(one);
            } else {
                last.set((int) (count % RECENT_MAX), one);
            }
            count++;
        }

        synchronized Optional<T> any(Random random) {
            return last.isEmpty() ? Optional.empty() : Optional.of(last.get(random.nextInt(last.size())));
        }
    }
}

package tg.ecom.ledger;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.TransferId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.WalletId;
import tg.ecom.platform.Caller;

/**
 * Something that a client wants of the ledger, perhaps several times with one key.
 *
 * @param name of its own: what comes of it tells of it in the books
 * @param caller who asks, with a key; empty when Ecom itself does, without
 * @param act what
 */
record ChaosRequest(String name, Optional<Caller> caller, Act act) {
    /** What can be asked. */
    sealed interface Act {
        record Pay(Posting posting) implements Act {}

        record Capture(Posting posting, Posting.Capture capture) implements Act {}

        record Promise(HoldRequest hold) implements Act {}

        record Release(HoldId hold) implements Act {}

        record Expire() implements Act {}

        record Reverse(TransferId transfer) implements Act {}

        record Freeze(WalletId wallet, boolean on) implements Act {}
    }

    /** What names an effect for good: whose key and which. */
    record Key(UserId caller, String key) {}

    /** Asked by somebody whose request is known by its name, with a key that may be another's. */
    static ChaosRequest of(String name, Caller caller, String key, Act act) {
        String hash = HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
        return new ChaosRequest(name, Optional.of(Books.keyed(caller, key, hash)), told(name, act));
    }

    /** Asked by Ecom itself. */
    static ChaosRequest of(String name, Act act) {
        return new ChaosRequest(name, Optional.empty(), told(name, act));
    }

    /** The name of the request that a key was used for, from what is stored with the key. */
    static String nameOf(byte[] bodyHash) {
        return new String(bodyHash, StandardCharsets.UTF_8);
    }

    Optional<Key> key() {
        return caller.flatMap(Caller::key).map(key -> new Key(key.caller(), key.key()));
    }

    /** The same act for one franc more: with the same key it is another body. */
    static Act.Pay dearer(Act.Pay pay) {
        List<Posting.Entry> entries = pay.posting().entries();
        Posting.Entry debit = entries.getFirst();
        Posting.Entry credit = entries.getLast();
        return new Act.Pay(Posting.payment(List.of(
                Posting.Entry.debit(debit.wallet(), new Money(1 - debit.amount()), debit.category()),
                Posting.Entry.credit(credit.wallet(), new Money(1 - debit.amount()), credit.category()))));
    }

    private static Act told(String name, Act act) {
        return switch (act) {
            case Act.Pay pay -> new Act.Pay(pay.posting().described(name));
            case Act.Capture capture -> new Act.Capture(capture.posting().described(name), capture.capture());
            case Act.Promise _, Act.Release _, Act.Expire _, Act.Reverse _, Act.Freeze _ -> act;
        };
    }
}

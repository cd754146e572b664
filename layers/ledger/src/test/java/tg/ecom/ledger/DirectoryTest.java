package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.ProblemException;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.kernel.WalletId;
import tg.ecom.platform.Caller;

class DirectoryTest {
    private final Books books = Books.open();
    private final Directory directory = books.directory();
    private final Phone phone = Phone.of("+22890123456");

    @Test
    void someoneWhoSignsUp_isFoundByPhoneAndHasAnEmptyWallet() {
        UserId kossi = new UserId(Uuid7.next(books.clock()));
        WalletId wallet = directory.register(kossi, phone, "Kossi A.");

        Holder holder = new Holder(kossi, wallet, "Kossi A.");
        assertEquals(kossi.value(), wallet.value());
        assertEquals(Optional.of(holder), directory.find(phone));
        assertEquals(Optional.of(holder), directory.find(wallet));
        assertEquals(Optional.empty(), directory.find(Phone.of("+22890123457")));
        assertEquals(Optional.empty(), directory.find(EcomWallet.FEES.id()));
        assertEquals(Money.ZERO, books.ledger().balance(wallet).orElseThrow().balance());
        assertEquals(Optional.empty(), books.ledger().balance(Books.nobody()));
        assertEquals(Optional.empty(), books.ledger().balance(EcomWallet.FLOAT_YAS.id()));
    }

    @Test
    void phone_hasOneHolder() {
        directory.register(new UserId(Uuid7.next(books.clock())), phone, "Kossi A.");

        assertThrows(
                RuntimeException.class,
                () -> directory.register(new UserId(Uuid7.next(books.clock())), phone, "Ama B."));
        assertEquals(1, books.number("select count(*) from ledger.wallets where kind = 'personal'"));
    }

    @Test
    void registrationInATransactionThatFails_leavesNothing() {
        assertThrows(
                IllegalStateException.class,
                () -> books.database("ecom_auth").transact(handle -> {
                    directory.within(handle).register(new UserId(Uuid7.next(books.clock())), phone, "Kossi A.");
                    throw new IllegalStateException("the account can't be made");
                }));

        assertEquals(Optional.empty(), directory.find(phone));
    }

    @Test
    void whoAsksInVainTooOften_learnsNothingMore_forAnHour() {
        books.person("Kossi A.");
        directory.register(new UserId(Uuid7.next(books.clock())), phone, "Kossi A.");
        Directory seen = books.directory("ecom_wallet");
        UserId asker = books.person("Afi M.").user();
        UserId other = books.person("Ama B.").user();
        for (int number = 0; number < 20; number++) {
            assertEquals(Optional.empty(), seen.find(Phone.of("+228910000" + (10 + number)), asker));
        }
        for (Phone any : List.of(phone, Phone.of("+22891000099"))) {
            ProblemException refused = assertThrows(ProblemException.class, () -> seen.find(any, asker));
            assertEquals("too_many_requests", refused.problem().code());
        }
        assertTrue(seen.find(phone, other).isPresent());
        books.advance(Duration.ofHours(1));
        assertTrue(seen.find(phone, asker).isPresent());
        assertEquals(20, books.number("select count(*) from ledger.vain_lookups"));
    }

    @Test
    void newName_isShownFromThenOn() {
        Caller kossi = books.person("Kossi A.");

        assertTrue(directory.rename(kossi.user(), "Kossi B."));
        assertFalse(directory.rename(new UserId(Books.nobody().value()), "Nobody"));
        assertEquals("Kossi B.", directory.find(kossi.wallet()).orElseThrow().displayName());
    }
}

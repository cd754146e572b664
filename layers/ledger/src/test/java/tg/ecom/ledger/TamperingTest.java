package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tg.ecom.kernel.Money;
import tg.ecom.ledger.PostingResult.Posted;
import tg.ecom.platform.Caller;

class TamperingTest {
    private final Books books = Books.open();
    private final Ledger ledger = books.ledger();
    private final Caller kossi = books.person("Kossi A.", 20_000);
    private final Caller ama = books.person("Ama B.");
    private Posted posted;

    @BeforeEach
    void someHistory() {
        transfer(100);
        posted = transfer(200);
        transfer(300);
        books.seals().sealAll();
        assertTrue(books.verify().ok());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger.%s set created_at = created_at",
                "delete from ledger.%s",
                "truncate ledger.%s cascade"
            })
    void changeOfAnAppendOnlyTable_isRefusedToEverybody(String change) {
        for (String table : List.of("entries", "transfers", "seals")) {
            JdbiException refused = assertThrows(
                    JdbiException.class,
                    () -> books.superuser().useHandle(handle -> handle.execute(change.formatted(table))));
            assertTrue(refused.getMessage().contains("append-only"), refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecom_wallet", "ecom_auth"})
    void domainRoles_writeNoTableOfTheLedger(String role) {
        for (String change : List.of(
                "update ledger.wallets set balance = 1",
                "insert into ledger.wallets select * from ledger.wallets",
                "insert into ledger.seals select * from ledger.seals",
                "delete from ledger.entries",
                "truncate ledger.transfers",
                "update ledger.holds set amount = 1",
                "insert into ledger.tiers select * from ledger.tiers",
                "select ledger.end_hold(null, 'expired', null, 'UTC')",
                "create table ledger.mine (id integer)",
                "create table public.mine (id integer)")) {
            JdbiException refused = assertThrows(
                    JdbiException.class,
                    () -> books.as(role).useHandle(handle -> handle.execute(change)),
                    () -> role + " may " + change);
            assertTrue(refused.getMessage().contains("permission denied"), refused.getMessage());
        }
    }

    @Test
    void auth_readsNoEntryAndPostsNothing() {
        for (String statement : List.of("select * from ledger.entries", "select * from ledger.transactions")) {
            assertThrows(
                    JdbiException.class,
                    () -> books.as("ecom_auth")
                            .useHandle(handle ->
                                    handle.createQuery(statement).mapToMap().list()));
        }
        Ledger asAuth = new Ledger(books.database("ecom_auth"), books.clock());
        assertThrows(
                JdbiException.class,
                () -> asAuth.post(Posting.transfer(kossi.wallet(), ama.wallet(), new Money(1)), kossi));
    }

    @Test
    void amountChangedByASuperuser_isFoundAndTheEntryNamed() {
        UUID entry = posted.entryOf(kossi.wallet()).id().value();
        tamper("update ledger.entries set amount = amount - 1 where id = ?", entry);

        assertNamed("entry", entry.toString(), "hash");
        assertNamed("entry", entry.toString(), "balance_after");
        assertNamed("transfer", posted.transfer().toString(), "sum");
    }

    @Test
    void oneByteOfAHashChanged_isFoundAndTheEntryNamed() {
        UUID entry = posted.entryOf(kossi.wallet()).id().value();
        tamper("update ledger.entries set hash = set_byte(hash, 7, get_byte(hash, 7) # 1) where id = ?", entry);

        assertNamed("entry", entry.toString(), "hash");
    }

    @Test
    void categoryOfAnAccumulatedEntryChanged_isFoundAndTheEntryNamed() {
        UUID entry = books.superuser()
                .withHandle(handle -> handle.createQuery("select id from ledger.entries where xid is not null limit 1")
                        .mapTo(UUID.class)
                        .one());
        tamper("update ledger.entries set category = 'refund' where id = ?", entry);

        assertNamed("entry", entry.toString(), "hash");
    }

    @Test
    void textOfATransferChanged_isFoundAndTheTransferNamed() {
        tamper(
                "update ledger.transfers set description = 'rent' where id = ?",
                posted.transfer().value());

        assertNamed("transfer", posted.transfer().toString(), "hash");
    }

    @Test
    void balanceChanged_isFoundAndTheWalletNamed() {
        tamper(
                "update ledger.wallets set balance = balance + 1 where id = ?",
                ama.wallet().value());

        assertNamed("wallet", ama.wallet().toString(), "balance");
    }

    @Test
    void heldChanged_isFoundAndTheWalletNamed() {
        tamper(
                "update ledger.wallets set held = held + 1 where id = ?",
                kossi.wallet().value());

        assertNamed("wallet", kossi.wallet().toString(), "held");
    }

    @Test
    void newestTransferDeleted_isFound() {
        tamper(
                "delete from ledger.entries where transfer_id = ?",
                posted.transfer().value());
        tamper("delete from ledger.transfers where id = ?", posted.transfer().value());

        assertNamed("wallet", kossi.wallet().toString(), "entry_count");
        assertNamed("wallet", ama.wallet().toString(), "entry_count");
    }

    @Test
    void transferDeleted_leavesEntriesThatAreNamed() {
        tamper("delete from ledger.transfers where id = ?", posted.transfer().value());

        assertNamed("entry", posted.entryOf(kossi.wallet()).id().toString(), "transfer");
    }

    @Test
    void sealChanged_isFoundAndTheSealNamed() {
        UUID yas = EcomWallet.FLOAT_YAS.id().value();
        tamper("update ledger.seals set balance = balance - 1 where wallet_id = ?", yas);

        assertNamed("seal", yas + "/1", "balance");
        assertNamed("seal", yas + "/1", "hash");
    }

    @Test
    void sealedEntryDeleted_isFoundAndTheSealNamed() {
        UUID yas = EcomWallet.FLOAT_YAS.id().value();
        tamper("delete from ledger.entries where wallet_id = ?", yas);

        assertNamed("seal", yas + "/1", "entry_count");
    }

    private void tamper(String change, UUID id) {
        books.superuser().useTransaction(handle -> {
            for (String table : List.of("entries", "transfers", "seals")) {
                handle.execute("alter table ledger." + table + " disable trigger append_only");
            }
            assertTrue(handle.execute(change, id) > 0);
            for (String table : List.of("entries", "transfers", "seals")) {
                handle.execute("alter table ledger." + table + " enable trigger append_only");
            }
        });
    }

    private void assertNamed(String subject, String id, String field) {
        Verification verification = books.verify();
        assertFalse(verification.ok());
        assertEquals(
                1,
                verification.differences().stream()
                        .filter(difference -> difference.subject().equals(subject)
                                && difference.id().equals(id)
                                && difference.field().equals(field))
                        .count(),
                verification::toString);
    }

    private Posted transfer(long amount) {
        return ledger.post(Posting.transfer(kossi.wallet(), ama.wallet(), new Money(amount)), kossi)
                .orThrow();
    }
}

package tg.ecom.ledger;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.TransferId;
import tg.ecom.kernel.WalletId;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Database;

/**
 * Moves money and tells where it is. Each method is one statement, committed by itself, unless the ledger is used
 * {@link #within} a larger transaction; then post last, so that the wallets are locked for as short as can be. It
 * serves any number of threads; what they post at the same time shares a statement, and each has its own answer.
 */
public final class Ledger {
    /** Days and months of limits are those of Togo. */
    public static final ZoneId LOME = ZoneId.of("Africa/Lome");

    private final Statements statements;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Function<PostingRequest, PostingResult> poster;

    /** A ledger whose limits count the days of Togo. */
    public Ledger(Database database, InstantSource clock) {
        this(database, clock, LOME);
    }

    /** A ledger whose limits count the days of a zone. */
    public Ledger(Database database, InstantSource clock, ZoneId zone) {
        this(database::call, clock, zone, new Gathering(database::call, clock, zone)::post);
    }

    private Ledger(
            Statements statements, InstantSource clock, ZoneId zone, Function<PostingRequest, PostingResult> poster) {
        this.statements = statements;
        this.clock = clock;
        this.zone = zone;
        this.poster = poster;
    }

    /**
     * The same ledger as part of a transaction: what it does commits with it, and a refusal leaves the transaction
     * usable.
     */
    public Ledger within(Handle transaction) {
        PostingStatement statement = new PostingStatement(transaction, clock, zone);
        return new Ledger(Statements.in(transaction), clock, zone, request -> statement.post(LedgerSql.POST, request));
    }

    /**
     * Moves money as a person asks. Refused when their session has ended; done once for their idempotency key, if the
     * operation has one, and then answered as before.
     */
    public PostingResult post(Posting posting, Caller caller) {
        return post(posting, Optional.of(caller));
    }

    /** Moves money as Ecom itself decides. */
    public PostingResult post(Posting posting) {
        return post(posting, Optional.empty());
    }

    /**
     * Makes many postings as a person asks, such as a payroll: all of them or none. Each is judged by what those before
     * it left. Done once for their idempotency key, and then answered as before.
     *
     * @param postings at most {@value Batch#POSTINGS_MAX}, with at most {@value Batch#ENTRIES_MAX} entries in all
     */
    public BatchResult postTogether(List<Posting> postings, Caller caller) {
        return batch(postings).together(Optional.of(caller));
    }

    /** Makes many postings, all of them or none, as Ecom itself decides. */
    public BatchResult postTogether(List<Posting> postings) {
        return batch(postings).together(Optional.empty());
    }

    /**
     * Makes many postings as a person asks, each on its own: what is refused leaves the others as they are. Asked again
     * with the same idempotency key, those that were made are answered as before, and those that were refused are tried
     * once more.
     *
     * @return what became of each, in their order
     */
    public List<PostingResult> postEach(List<Posting> postings, Caller caller) {
        return batch(postings).each(Optional.of(caller));
    }

    /** Makes many postings, each on its own, as Ecom itself decides. */
    public List<PostingResult> postEach(List<Posting> postings) {
        return batch(postings).each(Optional.empty());
    }

    /**
     * Pays from a hold. No cap binds, and a wallet frozen since still pays: the money was promised before.
     *
     * @param posting what is paid; the debit of the hold's wallet is taken from the hold
     * @param capture the hold, and whether what it does not pay goes back
     */
    public PostingResult capture(Posting posting, Posting.Capture capture) {
        return post(posting.paidBy(capture), Optional.empty());
    }

    /**
     * Answers as {@link #post(Posting, Caller)} would now, with the new balances or the refusal, and leaves nothing
     * behind: no entry, no key, no lock. The ids in the answer are of a transfer that there is not; the next posting
     * may be answered otherwise.
     */
    public PostingResult check(Posting posting, Caller caller) {
        return check(posting, Optional.of(caller));
    }

    /** Answers as {@link #post(Posting)} would now, see {@link #check(Posting, Caller)}. */
    public PostingResult check(Posting posting) {
        return check(posting, Optional.empty());
    }

    /**
     * Undoes a transfer as somebody asks: another with the opposite entries, which names it. It is done once for the
     * asker's idempotency key, and once for a transfer: of two at once one wins, and the other is refused.
     *
     * <p>No cap binds. Whoever got money must have it to give it back; frozen or closed wallets stay as they are. What
     * the transfer took from today's and this month's counters is given back to them. The entries keep their
     * categories, so that what is summed by category is as if nothing had been. A reversal itself is not reversed: to
     * do again what it undid is a new posting, which meets the caps and the balance as they now are.
     *
     * @param reason for people: it is the new transfer's description
     */
    public PostingResult reverse(TransferId transfer, String reason, Caller caller) {
        return reverse(transfer, reason, Optional.of(caller));
    }

    /** Undoes a transfer as Ecom itself decides, see {@link #reverse(TransferId, String, Caller)}. */
    public PostingResult reverse(TransferId transfer, String reason) {
        return reverse(transfer, reason, Optional.empty());
    }

    /** Promises money as a person asks, once for their idempotency key. */
    public HoldResult hold(HoldRequest request, Caller caller) {
        return hold(request, Optional.of(caller));
    }

    /** Promises money as Ecom itself decides. */
    public HoldResult hold(HoldRequest request) {
        return hold(request, Optional.empty());
    }

    /** Gives back what a hold has not paid, to the balance and to the limits. One that had ended so stays as it is. */
    public HoldResult release(HoldId hold) {
        return statements.run(handle -> handle.createQuery(LedgerSql.RELEASE)
                .bind("hold", hold)
                .bind("at", clock.instant())
                .bind("zone", zone.getId())
                .map((row, context) -> LedgerRows.hold(row))
                .one());
    }

    /**
     * Ends holds whose time has come.
     *
     * @param countMax at most so many
     * @return how many
     */
    public int expire(int countMax) {
        return statements.run(handle -> handle.createQuery(LedgerSql.EXPIRE)
                .bind("at", clock.instant())
                .bind("zone", zone.getId())
                .bind("count_max", countMax)
                .mapTo(Integer.class)
                .one());
    }

    /** Lets no money out of a wallet, only in, until it is unfrozen; holds placed before are still paid. */
    public StatusResult freeze(WalletId wallet) {
        return change(wallet, Balance.Status.FROZEN);
    }

    /** Lets money out of a wallet again. */
    public StatusResult unfreeze(WalletId wallet) {
        return change(wallet, Balance.Status.ACTIVE);
    }

    /** Ends a personal wallet for good, frozen or not. Refused unless it is at zero with nothing held. */
    public StatusResult close(WalletId wallet) {
        return change(wallet, Balance.Status.CLOSED);
    }

    /** A person's wallet, as of now. @return empty when there is none with that id */
    public Optional<Balance> balance(WalletId wallet) {
        return statements.run(handle -> handle.createQuery(LedgerSql.BALANCE)
                .bind("wallet", wallet)
                .bind("at", clock.instant())
                .bind("today", clock.instant().atZone(zone).toLocalDate())
                .bind("amount_max", Money.AMOUNT_MAX)
                .map((row, context) -> LedgerRows.balance(row))
                .findOne());
    }

    /**
     * What was in a wallet at a moment, as it had been recorded by then: of a personal wallet after the last entry of
     * its chain that had come, of an accumulating one what had come in sum. An entry that an operator told of late
     * counts from when it was recorded ({@link Transaction#createdAt}), not from when it happened; no balance was ever
     * reckoned by the latter.
     *
     * @return francs, below zero too for a wallet without floor, zero before the first entry; empty when there is no
     *     such wallet
     */
    public OptionalLong balanceAt(WalletId wallet, Instant moment) {
        return statements.run(handle -> handle.createQuery(LedgerSql.BALANCE_AT)
                .bind("wallet", wallet)
                .bind("moment", Keepable.nearest(moment))
                .map((row, context) -> LedgerRows.optionalLong(row, "balance"))
                .one());
    }

    /** What came to a wallet and went from it, is on its way or did not come, a page of it. */
    public TransactionPage transactions(TransactionQuery query) {
        Position before = query.cursor().map(Position::of).orElse(Position.FIRST);
        List<TransactionPage.Placed> found = statements.run(handle -> handle.createQuery(LedgerSql.TRANSACTIONS)
                .bind("wallet", query.wallet())
                .bind("sequence", before.sequence())
                .bind("place", before.place())
                .bind("entries_before", before.entriesBefore())
                .bind("type", query.type().map(Transaction.Type::code).orElse(null))
                .bind("category", query.category().map(Category::code).orElse(null))
                .bind("status", query.status().orElse(null))
                .bind("from", query.from().map(Keepable::nearest).orElse(null))
                .bind("to", query.to().map(Keepable::nearest).orElse(null))
                .bind("limit", query.limit() + 1)
                .map((row, context) ->
                        new TransactionPage.Placed(LedgerRows.transaction(row), LedgerRows.position(row)))
                .list());
        return TransactionPage.of(found, query.limit());
    }

    /** One transaction of a wallet. @return empty when the wallet has none with that id, whoever else may */
    public Optional<Transaction> transaction(WalletId wallet, EntryId id) {
        return statements.run(handle -> handle.createQuery(LedgerSql.TRANSACTION)
                .bind("wallet", wallet)
                .bind("id", id)
                .map((row, context) -> LedgerRows.transaction(row))
                .findOne());
    }

    private PostingResult post(Posting posting, Optional<Caller> caller) {
        return run(posting, caller, poster);
    }

    private PostingResult check(Posting posting, Optional<Caller> caller) {
        return run(
                posting,
                caller,
                request -> statements.run(
                        handle -> new PostingStatement(handle, clock, zone).post(LedgerSql.CHECK, request)));
    }

    private PostingResult run(
            Posting posting, Optional<Caller> caller, Function<PostingRequest, PostingResult> statement) {
        return Keepable.details(posting.details())
                ? statement.apply(PostingRequest.of(posting, caller, clock))
                : new PostingResult.Refused(new LedgerProblem.InvalidDetails());
    }

    private Batch batch(List<Posting> postings) {
        return new Batch(postings, statements, clock, zone);
    }

    private PostingResult reverse(TransferId transfer, String reason, Optional<Caller> caller) {
        if (!Keepable.text(reason)) {
            return new PostingResult.Refused(new LedgerProblem.InvalidDetails());
        }
        return statements.run(handle -> new PostingStatement(handle, clock, zone).reverse(transfer, reason, caller));
    }

    private StatusResult change(WalletId wallet, Balance.Status status) {
        return statements.run(handle -> handle.createQuery(LedgerSql.CHANGE_STATUS)
                .bind("wallet", wallet)
                .bind("status", status.code())
                .bind("at", clock.instant())
                .map((row, context) -> LedgerRows.status(row, wallet, status))
                .one());
    }

    private HoldResult hold(HoldRequest request, Optional<Caller> caller) {
        if (!Keepable.moment(request.expiresAt())) {
            return new HoldResult.Refused(new LedgerProblem.InvalidDetails());
        }
        return statements.run(handle -> HoldStatement.run(handle, request, caller, clock, zone));
    }
}

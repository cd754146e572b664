package tg.ecom.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.TransferId;
import tg.ecom.kernel.WalletId;
import tg.ecom.platform.Database;

/** The journal: every entry of the books with its transfer, of personal and accumulating wallets alike. */
public final class Journal {
    static final String PAGE = """
            select
                e.id, e.wallet_id, e.amount, e.balance_after, e.category,
                t.id as transfer_id, t.currency, t.description, t.metadata, t.related_service_id, t.payment_method,
                t.external_reference, t.hold_id, t.reverses_id, t.effective_at, t.created_at
            from ledger.transfers t
            join ledger.entries e on e.transfer_id = t.id
            where (t.created_at, t.id) >= (:from, :transfer)
                and t.created_at < :to
                and (t.id <> :transfer or e.id > :entry)
            order by t.created_at, t.id, e.id
            limit :limit
            """;

    private static final int PAGE_SIZE = 1_000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Database database;
    private final int pageSize;

    /** The journal over a function's connection. */
    public Journal(Database database) {
        this(database, PAGE_SIZE);
    }

    /** A journal that is read so many entries at a time. */
    Journal(Database database, int pageSize) {
        this.database = database;
        this.pageSize = pageSize;
    }

    /**
     * What is told of a transfer, the same for each of its entries.
     *
     * @param id which
     * @param recordedAt when it was recorded; the journal is in this order
     * @param effectiveAt when it happened
     * @param currency ISO 4217
     * @param description for people
     * @param metadata for programs
     * @param relatedService the ride or the order that it pays
     * @param method how the money came or went
     * @param externalReference the operator's own reference
     * @param hold the hold that paid
     * @param reverses the transfer that it undoes
     */
    public record Transfer(
            TransferId id,
            Instant recordedAt,
            Instant effectiveAt,
            String currency,
            Optional<String> description,
            Map<String, Object> metadata,
            Optional<UUID> relatedService,
            PaymentMethod method,
            Optional<String> externalReference,
            Optional<HoldId> hold,
            Optional<TransferId> reverses) {
        public Transfer {
            metadata = Map.copyOf(metadata);
        }
    }

    /**
     * One entry.
     *
     * @param entry which
     * @param wallet whose
     * @param amount francs that came, or, below zero, went
     * @param balanceAfter what the wallet then had; none for an accumulating one
     * @param category what for
     * @param transfer what it is part of
     */
    public record Line(
            EntryId entry,
            WalletId wallet,
            long amount,
            Optional<Money> balanceAfter,
            Category category,
            Transfer transfer) {}

    /**
     * Reads a period, a page in memory at a time, each page by a statement of its own: no transaction stays open,
     * however slow the reader is. The order is by when a transfer was recorded, then by its id and the entry's, the
     * same each time. A period that ended some minutes ago reads the same for ever; of a later one, transfers are
     * missing that have their time but are not committed yet.
     *
     * @param from from this moment on
     * @param to before this moment
     * @param reader gets each entry once; what it throws ends the reading
     * @return how many entries there were
     */
    public long read(Instant from, Instant to, Consumer<Line> reader) {
        long read = 0;
        List<Line> page = page(Keepable.nearest(from), BEFORE_ALL, BEFORE_ALL, to);
        while (!page.isEmpty()) {
            page.forEach(reader);
            read += page.size();
            Line last = page.getLast();
            page = page.size() < pageSize
                    ? List.of()
                    : page(
                            last.transfer().recordedAt(),
                            last.transfer().id().value(),
                            last.entry().value(),
                            to);
        }
        return read;
    }

    private List<Line> page(Instant from, UUID transfer, UUID entry, Instant to) {
        return database.call(handle -> handle.createQuery(PAGE)
                .bind("from", from)
                .bind("transfer", transfer)
                .bind("entry", entry)
                .bind("to", Keepable.nearest(to))
                .bind("limit", pageSize)
                .map((row, context) -> LedgerRows.line(row))
                .list());
    }
}

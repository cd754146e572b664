package tg.ecom.local.tools;

/** What the console shows of the ledger. A column is called as the member of the answer that it becomes. */
final class WalletSql {
    private static final String WALLETS = """
            select
                w.id as wallet_id, h.display_name, w.kind, w.purpose, w.status, w.tier,
                case w.kind when 'personal' then w.balance else ledger.accumulated_balance(w.id) end as balance, w.held
            from ledger.wallets w
            left join ledger.holders h on h.wallet_id = w.id
            """;

    /** Ids begin with the time of their making. */
    static final String NEWEST = WALLETS + """
            where w.owner_id <> '00000000-0000-7000-8000-000000000000' and w.id < :before
            order by w.id desc
            limit :count
            """;

    static final String OWN = WALLETS + """
            where w.owner_id = '00000000-0000-7000-8000-000000000000'
            order by w.id
            limit :count
            """;

    static final String BY_ID = WALLETS + """
            where w.id = :wallet
            """;

    static final String WALLET = """
            select
                w.id as wallet_id, h.display_name, w.kind, w.purpose, w.status, w.tier, w.currency,
                case w.kind when 'personal' then w.balance else ledger.accumulated_balance(w.id) end as balance, w.held,
                w.balance - w.held - w.floor as available, w.created_at
            from ledger.wallets w
            left join ledger.holders h on h.wallet_id = w.id
            where w.id = :wallet
            """;

    static final String LIMITS = """
            select
                r.spent_day, t.daily_max, r.spent_month, t.monthly_max, r.reloaded_month, t.reload_max, t.single_max,
                t.balance_max
            from ledger.wallets w
            cross join lateral ledger.rolled(w, :today) r
            cross join lateral ledger.tier_at(w.tier, :at) t
            where w.id = :wallet and w.tier is not null
            """;

    static final String HOLDS = """
            select id as hold_id, amount, captured, category, related_service_id, created_at, expires_at
            from ledger.holds
            where wallet_id = :wallet and status = 'open'
            order by created_at desc, id desc
            limit :count
            """;

    /** Of the other side of a transfer, the one with the most of it. */
    private static final String ENTRIES = """
            select
                e.id as entry_id, e.transfer_id, e.amount, e.category, e.balance_after, e.created_at, e.place,
                t.description, other.wallet_id as counterparty_wallet_id, other.display_name as counterparty
            from entry e
            join ledger.transfers t on t.id = e.transfer_id
            left join lateral (
                select o.wallet_id, h.display_name
                from ledger.entries o
                left join ledger.holders h on h.wallet_id = o.wallet_id
                where o.transfer_id = e.transfer_id and (o.amount < 0) = (e.amount > 0)
                order by abs(o.amount) desc, o.id
                limit 1) other on true
            order by e.place desc, e.id desc
            """;

    /** By place in the chain. */
    static final String ENTRIES_OF_PERSONAL = """
            with entry as (
                select e.*, e.sequence as place
                from ledger.entries e
                where e.wallet_id = :wallet and e.sequence < :place
                order by e.sequence desc
                limit :count)
            """ + ENTRIES;

    /** By the transaction that made them, since nothing numbers them. */
    static final String ENTRIES_OF_ACCUMULATING = """
            with entry as (
                select e.*, e.xid::text::bigint as place
                from ledger.entries e
                where e.wallet_id = :wallet and (e.xid, e.id) < (cast(cast(:place as text) as xid8), :entry)
                order by e.xid desc, e.id desc
                limit :count)
            """ + ENTRIES;

    private WalletSql() {}
}

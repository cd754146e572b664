package tg.ecom.ledger;

/** The queries of a request. The tests show with EXPLAIN that each goes by an index. */
final class LedgerSql {
    static final String BALANCE = """
            select
                w.balance, w.balance - w.held - w.floor as available, w.held, w.currency, w.status,
                r.spent_day, r.spent_month,
                coalesce(t.single_max, :amount_max) as single_max,
                coalesce(t.daily_max, :amount_max) as daily_max,
                coalesce(t.monthly_max, :amount_max) as monthly_max
            from ledger.wallets w
            cross join lateral ledger.rolled(w, :today) r
            left join lateral ledger.tier_at(w.tier, :at) t on true
            where w.id = :wallet and w.kind = 'personal'
            """;

    static final String BALANCE_AT = """
            select ledger.balance_at(p_wallet_id => :wallet, p_at => :moment) as balance
            """;

    private static final String TRANSACTION_COLUMNS = """
            select
                x.id, x.wallet_id, x.transfer_id, x.type, x.amount, x.currency, x.category, x.description, x.status,
                x.balance_after, x.metadata, x.related_service_id, x.payment_method, x.external_reference, x.reference,
                x.effective_at, x.created_at, x.updated_at, x.sequence, x.place,
                coalesce(other.display_name, operator.display_name) as counterparty
            """;

    private static final String COUNTERPARTY = """
            -- The other party: of those on the other side, the one with the most of it; the operator of a payment.
            left join lateral (
                select h.display_name
                from ledger.entries e
                join ledger.holders h on h.wallet_id = e.wallet_id
                where e.transfer_id = x.transfer_id and (e.amount < 0) = (x.type = 'credit')
                order by abs(e.amount) desc, e.id
                limit 1) other on true
            left join ledger.holders operator on operator.wallet_id = x.operator_wallet_id
            """;

    private static final String FILTERS = """
                    and (cast(:type as text) is null or x.type = cast(:type as text))
                    and (cast(:category as text) is null
                        or x.category = cast(cast(:category as text) as ledger.category))
                    and (cast(:status as text) is null or x.status = cast(:status as text))
                    and (cast(:from as timestamptz) is null or x.created_at >= cast(:from as timestamptz))
                    and (cast(:to as timestamptz) is null or x.created_at < cast(:to as timestamptz))
            """;

    /** A page of each of the two that make up the list, each in the order of an index, then the newest of both. */
    static final String TRANSACTIONS = TRANSACTION_COLUMNS + """
            from (
                (select x.*
                from ledger.completed_transactions x
                where x.wallet_id = :wallet
                    and x.sequence < :entries_before
            """ + FILTERS + """
                order by x.sequence desc
                limit :limit)
                union all
                (select x.*
                from ledger.other_transactions x
                where x.wallet_id = :wallet
                    and (x.sequence, x.place) < (:sequence, :place)
            """ + FILTERS + """
                order by x.sequence desc, x.place desc
                limit :limit)
                order by sequence desc, place desc
                limit :limit) x
            """ + COUNTERPARTY + """
            order by x.sequence desc, x.place desc
            """;

    static final String TRANSACTION = TRANSACTION_COLUMNS + """
            from ledger.transactions x
            """ + COUNTERPARTY + """
            where x.id = :id and x.wallet_id = :wallet and x.sequence is not null
            """;

    /** What {@link CallerBinding} binds, and when; the end of a call. */
    private static final String BY_CALLER = """
                p_caller_id => cast(:caller_id as uuid),
                p_session_id => cast(:session_id as uuid),
                p_session_epoch => cast(:session_epoch as integer),
                p_operation => :operation,
                p_key => :key,
                p_body_hash => decode(cast(:body_hash as text), 'hex'),
                p_at => :at,
                p_zone => :zone)
            """;

    static final String POST = """
            select *
            from ledger.post(
                p_posting => cast(:posting as ledger.posting),
            """ + BY_CALLER;

    /** Takes what the posting takes. */
    static final String CHECK = POST.replace("ledger.post(", "ledger.try_post(");

    static final String POST_ALL = """
            select *
            from unnest(ledger.post_all(
                p_batch_id => :batch_id,
                p_postings => cast(:postings as ledger.posting[]),
                p_together => :together,
            """ + BY_CALLER + """
            ) with ordinality
            order by ordinality
            """;

    static final String POST_GATHERED = """
            select *
            from ledger.post_gathered(
                p_postings => cast(:postings as ledger.posting[]),
                p_askers => cast(:askers as ledger.asker[]),
                p_at => :at,
                p_zone => :zone) with ordinality
            order by ordinality
            """;

    static final String REVERSE = """
            select *
            from ledger.reverse(
                p_transfer_id => :transfer_id,
                p_reversed_id => :reversed_id,
                p_reason => :reason,
            """ + BY_CALLER;

    static final String HOLD = """
            select *
            from ledger.hold(
                p_hold_id => :hold_id,
                p_wallet_id => :wallet_id,
                p_amount => :amount,
                p_category => cast(:category as ledger.category),
                p_related_service_id => cast(:related_service_id as uuid),
                p_expires_at => :expires_at,
                p_currency => :currency,
            """ + BY_CALLER;

    static final String RELEASE = """
            select *
            from ledger.release(p_hold_id => :hold, p_at => :at, p_zone => :zone)
            """;

    static final String EXPIRE = """
            select ledger.expire(p_at => :at, p_zone => :zone, p_count_max => :count_max)
            """;

    static final String CHANGE_STATUS = """
            select *
            from ledger.change_wallet_status(
                p_wallet_id => :wallet, p_status => cast(:status as ledger.wallet_status), p_at => :at)
            """;

    private LedgerSql() {}
}

-- Recomputes everything that can be recomputed and names what differs, at most so many. Each check is one pass over its
-- table; all read the snapshot of the one statement that calls this.

create type ledger.difference as (
    subject text,
    id text,
    field text,
    expected text,
    found text);

create function ledger.differing_entries() returns setof ledger.difference language sql stable
begin atomic
    with chain as (
        select
            e.*,
            t.id is null as orphan,
            w.id is null as stray,
            t.created_at as transfer_created_at,
            lag(e.sequence, 1, 0::bigint) over chained + 1 as expected_sequence,
            lag(e.balance_after, 1, 0::bigint) over chained + e.amount as expected_balance,
            ledger.entry_hash(
                case when e.sequence is not null then lag(e.hash) over chained end, t.hash, e.id, e.wallet_id, e.amount,
                e.balance_after, e.sequence, e.category, e.created_at) as expected_hash
        from ledger.entries e
        left join ledger.transfers t on t.id = e.transfer_id
        left join ledger.wallets w on w.id = e.wallet_id and (w.kind = 'personal') = (e.sequence is not null)
        window chained as (partition by e.wallet_id order by e.sequence))
    select 'entry', c.id::text, d.field, d.expected, d.found
    from chain c
    cross join lateral (
        values
            ('transfer', c.transfer_id::text, case when c.orphan then 'none' else c.transfer_id::text end),
            ('wallet', c.wallet_id::text, case when c.stray then 'none of its kind' else c.wallet_id::text end),
            ('created_at', c.transfer_created_at::text, c.created_at::text),
            ('sequence', case when c.sequence is not null then c.expected_sequence end::text, c.sequence::text),
            (
                'balance_after',
                case when c.sequence is not null then c.expected_balance end::text,
                c.balance_after::text),
            ('hash', encode(c.expected_hash, 'hex'), encode(c.hash, 'hex'))) d(field, expected, found)
    where d.expected is distinct from d.found;
end;

create function ledger.differing_transfers() returns setof ledger.difference language sql stable
begin atomic
    select 'transfer', t.id::text, d.field, d.expected, d.found
    from ledger.transfers t
    left join (
        select transfer_id, sum(amount) as amount, count(*) as entry_count
        from ledger.entries
        group by transfer_id) e on e.transfer_id = t.id
    cross join lateral (
        values
            ('sum', '0', coalesce(e.amount, 0)::text),
            (
                'entries',
                '2 or more',
                case when e.entry_count >= 2 then '2 or more' else coalesce(e.entry_count, 0)::text end),
            (
                'hash',
                encode(
                    ledger.transfer_hash(
                        t.id, t.currency, t.description, t.metadata, t.related_service_id, t.payment_method,
                        t.external_reference, t.hold_id, t.reverses_id, t.effective_at, t.created_at),
                    'hex'),
                encode(t.hash, 'hex'))) d(field, expected, found)
    where d.expected is distinct from d.found;
end;

create function ledger.differing_wallets() returns setof ledger.difference language sql stable
begin atomic
    select 'wallet', w.id::text, d.field, d.expected, d.found
    from ledger.wallets w
    left join (
        select
            wallet_id,
            sum(amount)::bigint as balance,
            count(*) as entry_count,
            (array_agg(hash order by sequence desc))[1] as last_hash
        from ledger.entries
        where sequence is not null
        group by wallet_id) e on e.wallet_id = w.id
    left join (
        select wallet_id, sum(amount - captured)::bigint as held
        from ledger.holds
        where status = 'open'
        group by wallet_id) h on h.wallet_id = w.id
    cross join lateral (
        values
            ('balance', coalesce(e.balance, 0)::text, w.balance::text),
            ('held', coalesce(h.held, 0)::text, w.held::text),
            ('entry_count', coalesce(e.entry_count, 0)::text, w.entry_count::text),
            ('last_hash', encode(e.last_hash, 'hex'), encode(w.last_hash, 'hex'))) d(field, expected, found)
    where d.expected is distinct from d.found;
end;

create function ledger.differing_seals() returns setof ledger.difference language sql stable
begin atomic
    with chain as (
        select
            s.*,
            lag(s.sequence, 1, 0::bigint) over chained + 1 as expected_sequence,
            lag(s.to_xid, 1, '0'::xid8) over chained as expected_from_xid,
            lag(s.hash, 1, uuid_send(s.wallet_id)) over chained as expected_previous_hash,
            lag(s.balance, 1, 0::bigint) over chained as previous_balance
        from ledger.seals s
        window chained as (partition by s.wallet_id order by s.sequence))
    select 'seal', c.wallet_id || '/' || c.sequence, d.field, d.expected, d.found
    from chain c
    cross join lateral (
        select
            count(*) as entry_count,
            coalesce(sum(e.amount), 0)::bigint as amount,
            coalesce(string_agg(xid8send(e.xid) || e.hash, ''::bytea order by e.xid, e.id), ''::bytea) as entries
        from ledger.entries e
        where e.wallet_id = c.wallet_id and e.xid >= c.from_xid and e.xid < c.to_xid) f
    cross join lateral (
        values
            ('sequence', c.expected_sequence::text, c.sequence::text),
            ('from_xid', c.expected_from_xid::text, c.from_xid::text),
            ('previous_hash', encode(c.expected_previous_hash, 'hex'), encode(c.previous_hash, 'hex')),
            ('entry_count', f.entry_count::text, c.entry_count::text),
            ('amount', f.amount::text, c.amount::text),
            ('balance', (c.previous_balance + f.amount)::text, c.balance::text),
            (
                'hash',
                encode(
                    ledger.seal_hash(
                        c.previous_hash, c.wallet_id, c.sequence, c.from_xid, c.to_xid, c.entry_count, c.amount,
                        c.balance, f.entries),
                    'hex'),
                encode(c.hash, 'hex'))) d(field, expected, found)
    where d.expected is distinct from d.found;
end;

create function ledger.verify(p_count_max integer) returns setof ledger.difference
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    (select * from ledger.differing_transfers()
    union all
    select * from ledger.differing_entries()
    union all
    select * from ledger.differing_wallets()
    union all
    select * from ledger.differing_seals())
    limit p_count_max;
end;

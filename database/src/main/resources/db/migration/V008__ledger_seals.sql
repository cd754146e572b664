-- Folds what an accumulating wallet took in since its last seal into a new one. Entries commit out of order, so a seal
-- goes up to the transaction id below which everything has ended, never up to the newest entry.

-- What a seal binds: the seal before, the range, and each entry in it in the order of transaction and id.
create function ledger.seal_hash(
    p_previous_hash bytea, p_wallet_id uuid, p_sequence bigint, p_from_xid xid8, p_to_xid xid8, p_entry_count bigint,
    p_amount bigint, p_balance bigint, p_entries bytea) returns bytea
    language sql stable
    return sha256(
        p_previous_hash || uuid_send(p_wallet_id) || int8send(p_sequence) || xid8send(p_from_xid) || xid8send(p_to_xid)
        || int8send(p_entry_count) || int8send(p_amount) || int8send(p_balance) || sha256(p_entries));

-- Seals one wallet and says how many entries went in. Everything is read in one statement, from one snapshot. Of two
-- runs at once one writes and the other finds the seal made.
create function ledger.seal(p_wallet_id uuid, p_at timestamptz) returns bigint
    language sql security definer set search_path = pg_catalog, pg_temp
begin atomic
    with last as (
        select
            coalesce(max(s.sequence), 0) as sequence,
            coalesce((array_agg(s.to_xid))[1], '0'::xid8) as to_xid,
            coalesce((array_agg(s.balance))[1], 0) as balance,
            coalesce((array_agg(s.hash))[1], uuid_send(p_wallet_id)) as hash
        from (
            select *
            from ledger.seals
            where wallet_id = p_wallet_id
            order by sequence desc
            limit 1) s),
    horizon as (
        select pg_snapshot_xmin(pg_current_snapshot()) as xid),
    bounded as (
        -- At most so many entries a seal; what is beyond waits for the next.
        select least(
            horizon.xid,
            coalesce(
                (select e.xid
                 from ledger.entries e
                 where e.wallet_id = p_wallet_id and e.xid > last.to_xid
                 order by e.xid
                 offset 200000
                 limit 1),
                horizon.xid)) as xid
        from horizon, last),
    folded as (
        select
            count(*) as entry_count,
            sum(e.amount)::bigint as amount,
            string_agg(xid8send(e.xid) || e.hash, ''::bytea order by e.xid, e.id) as entries
        from last, bounded, ledger.entries e
        where e.wallet_id = p_wallet_id and e.xid >= last.to_xid and e.xid < bounded.xid),
    sealed as (
        insert into ledger.seals (
            wallet_id, sequence, from_xid, to_xid, entry_count, amount, balance, previous_hash, hash, created_at)
        select
            p_wallet_id, l.sequence + 1, l.to_xid, b.xid, f.entry_count, f.amount, l.balance + f.amount, l.hash,
            ledger.seal_hash(
                l.hash, p_wallet_id, l.sequence + 1, l.to_xid, b.xid, f.entry_count, f.amount, l.balance + f.amount,
                f.entries),
            p_at
        from last l, bounded b, folded f
        where f.entry_count > 0
        on conflict do nothing
        returning entry_count)
    select coalesce(sum(entry_count), 0)::bigint from sealed;
end;

-- What was in a wallet at a moment of the past, as it had been recorded by then.

-- What was recorded when: one index for all wallets. A posting adds at its end.
create index transfers_recorded on ledger.transfers (created_at, id);
create index seals_recorded on ledger.seals (wallet_id, created_at);

-- How far order and time can differ. A posting is given its time before it waits for its wallets and before its
-- transaction gets an id, and clocks differ: by seconds, since locks, statements and idle transactions end by then.
create function ledger.disorder_max() returns interval
    language sql immutable
    return interval '5 minutes';

-- The chain of a personal wallet is in order of time but for neighbours, so halving finds where to look: every entry
-- from "beyond" on came after the moment. Of those before it, the last that had come by then tells the balance.
create function ledger.chained_balance_at(p_wallet ledger.wallets, p_at timestamptz) returns bigint
    language plpgsql stable as $$
declare
    before bigint := 0;
    beyond bigint := p_wallet.entry_count + 1;
    middle bigint;
begin
    while before + 1 < beyond loop
        middle := (before + beyond) / 2;
        if (select e.created_at > p_at + ledger.disorder_max()
            from ledger.entries e
            where e.wallet_id = p_wallet.id and e.sequence = middle) then
            beyond := middle;
        else
            before := middle;
        end if;
    end loop;
    return coalesce(
        (select e.balance_after
         from ledger.entries e
         where e.wallet_id = p_wallet.id and e.sequence < beyond and e.created_at <= p_at
         order by e.sequence desc
         limit 1),
        0);
end
$$;

-- An accumulating wallet's: a seal all of whose entries had come by then, and of what followed, up to a transaction that
-- began when everything that had come by then had an id already, what had come.
create function ledger.accumulated_balance_at(p_wallet_id uuid, p_at timestamptz) returns bigint
    language plpgsql stable as $$
declare
    sealed ledger.seals;
    later xid8;
begin
    select * into sealed
    from ledger.seals s
    where s.wallet_id = p_wallet_id and s.created_at <= p_at - ledger.disorder_max()
    order by s.created_at desc
    limit 1;
    select t.xid into later
    from ledger.transfers t
    where t.created_at >= p_at + ledger.disorder_max()
    order by t.created_at, t.id
    limit 1;
    return coalesce(sealed.balance, 0) + coalesce(
        (select sum(e.amount)
         from ledger.entries e
         where e.wallet_id = p_wallet_id
            and e.xid >= coalesce(sealed.to_xid, '0'::xid8)
            and e.xid < coalesce(later, '18446744073709551615'::xid8)
            and e.created_at <= p_at), 0)::bigint;
end
$$;

-- Nothing for a wallet that there is not; zero before its first entry.
create function ledger.balance_at(p_wallet_id uuid, p_at timestamptz) returns bigint
    language plpgsql stable as $$
declare
    wallet ledger.wallets;
begin
    select * into wallet from ledger.wallets w where w.id = p_wallet_id;
    if wallet.id is null then
        return null;
    elsif wallet.kind = 'personal' then
        return ledger.chained_balance_at(wallet, p_at);
    end if;
    return ledger.accumulated_balance_at(p_wallet_id, p_at);
end
$$;

grant execute on function ledger.balance_at to ecom_wallet;
grant execute on function ledger.chained_balance_at to ecom_wallet;
grant execute on function ledger.accumulated_balance_at to ecom_wallet;
grant execute on function ledger.disorder_max to ecom_wallet;

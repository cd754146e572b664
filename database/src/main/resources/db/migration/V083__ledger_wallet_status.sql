-- Freezes, unfreezes or closes a wallet under its lock, or says why not.

create type ledger.status_outcome as (
    refusal ledger.refusal,
    refused_wallet_id uuid,
    cap text,
    cap_amount bigint,
    remaining bigint,
    changed boolean);

drop function ledger.set_wallet_status;

-- A closed wallet stays closed, and one closes only at zero with nothing held. One that accumulates never does: payments
-- look at it without a lock, so money could come in behind the closing.
create function ledger.change_wallet_status(p_wallet_id uuid, p_status ledger.wallet_status, p_at timestamptz)
    returns ledger.status_outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    wallet ledger.wallets;
    outcome ledger.status_outcome;
begin
    select * into wallet
    from ledger.wallets w
    where w.id = p_wallet_id
    for no key update;
    outcome.refused_wallet_id := wallet.id;
    if wallet.id is null then
        outcome.refusal := 'unknown_wallet';
    elsif wallet.status = p_status then
        outcome.changed := false;
    elsif wallet.status = 'closed' then
        outcome.refusal := 'wallet_closed';
    elsif p_status = 'closed' and wallet.kind = 'accumulating' then
        outcome.refusal := 'wallet_accumulates';
    elsif p_status = 'closed' and (wallet.balance <> 0 or wallet.held <> 0) then
        outcome.refusal := 'wallet_not_empty';
        outcome.remaining := wallet.balance;
    else
        update ledger.wallets set status = p_status, updated_at = p_at where id = p_wallet_id;
        outcome.changed := true;
    end if;
    return outcome;
end
$$;

grant execute on function ledger.change_wallet_status to ecom_wallet;

-- Money promised: it stays in the wallet, counts against what is available, and meets the caps now instead of when it
-- is captured (ledger.post with the hold's id). Whoever changes a hold has locked its wallet first.

create type ledger.hold_outcome as (
    refusal ledger.refusal,
    refused_wallet_id uuid,
    cap text,
    cap_amount bigint,
    remaining bigint,
    replayed boolean,
    hold_id uuid,
    wallet_id uuid,
    amount bigint,
    captured bigint,
    status ledger.hold_status,
    expires_at timestamptz,
    created_at timestamptz,
    available bigint);

create function ledger.held_outcome(p_hold_id uuid, p_replayed boolean) returns ledger.hold_outcome
    language sql stable
begin atomic
    select
        null::ledger.refusal, null::uuid, null::text, null::bigint, null::bigint, p_replayed,
        h.id, h.wallet_id, h.amount, h.captured, h.status, h.expires_at, h.created_at, w.balance - w.held - w.floor
    from ledger.holds h
    join ledger.wallets w on w.id = h.wallet_id
    where h.id = p_hold_id;
end;

create function ledger.refused_outcome(p_reason ledger.refused) returns ledger.hold_outcome
    language plpgsql immutable as $$
declare
    outcome ledger.hold_outcome;
begin
    outcome.refusal := p_reason.refusal;
    outcome.refused_wallet_id := p_reason.wallet_id;
    outcome.cap := p_reason.cap;
    outcome.cap_amount := p_reason.cap_amount;
    outcome.remaining := p_reason.remaining;
    return outcome;
end
$$;

-- Why a hold can't be placed on a wallet, its counters rolled to the day, or nothing.
create function ledger.placing_refusal(
    p_wallet ledger.wallets, p_amount bigint, p_expires_at timestamptz, p_currency text, p_live boolean,
    p_at timestamptz) returns ledger.refused language plpgsql stable as $$
declare
    amount_max constant bigint := 1000000000000;
begin
    if p_amount is null or p_amount not between 1 and amount_max then
        return row('invalid_amount', p_wallet.id, null, null, null)::ledger.refused;
    elsif not p_live then
        return row('session_revoked', p_wallet.id, null, null, null)::ledger.refused;
    elsif p_wallet.id is null then
        return row('unknown_wallet', null, null, null, null)::ledger.refused;
    elsif p_expires_at <= p_at then
        return row('hold_expired', p_wallet.id, null, null, null)::ledger.refused;
    end if;
    return ledger.entry_refusal(p_wallet, -p_amount, p_currency, 'spending', null, p_at);
end
$$;

-- Places a hold, or says why not. The parameters mean what those of ledger.post do.
create function ledger.hold(
    p_hold_id uuid,
    p_wallet_id uuid,
    p_amount bigint,
    p_category ledger.category,
    p_related_service_id uuid,
    p_expires_at timestamptz,
    p_currency text,
    p_caller_id uuid,
    p_session_id uuid,
    p_session_epoch integer,
    p_operation text,
    p_key text,
    p_body_hash bytea,
    p_at timestamptz,
    p_zone text)
    returns ledger.hold_outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    today constant date := (p_at at time zone p_zone)::date;
    claimed platform.idempotency_keys;
    wallet ledger.wallets;
    reason ledger.refused;
begin
    if p_key is not null then
        insert into platform.idempotency_keys (caller_id, operation, key, body_hash, outcome_id, created_at)
        values (p_caller_id, p_operation, p_key, p_body_hash, p_hold_id, p_at)
        on conflict do nothing;
        if not found then
            select * into claimed
            from platform.idempotency_keys k
            where k.caller_id = p_caller_id and k.operation = p_operation and k.key = p_key;
            if claimed.body_hash <> p_body_hash then
                return ledger.refused_outcome(row('idempotency_key_reused', null, null, null, null)::ledger.refused);
            end if;
            return ledger.held_outcome(claimed.outcome_id, true);
        end if;
    end if;

    select * into wallet
    from ledger.wallets w
    where w.id = p_wallet_id and w.kind = 'personal'
    for no key update;
    wallet := ledger.rolled(wallet, today);
    reason := ledger.placing_refusal(
        wallet, p_amount, p_expires_at, p_currency,
        ledger.session_is_live(p_caller_id, p_session_id, p_session_epoch), p_at);
    if reason.refusal is not null then
        delete from platform.idempotency_keys
        where caller_id = p_caller_id and operation = p_operation and key = p_key;
        return ledger.refused_outcome(reason);
    end if;

    insert into ledger.holds (
        id, wallet_id, amount, category, related_service_id, counted_on, expires_at, created_at, updated_at)
    values (
        p_hold_id, p_wallet_id, p_amount, p_category, p_related_service_id, wallet.counted_on, p_expires_at, p_at,
        p_at);
    update ledger.wallets
    set held = wallet.held + p_amount, counted_on = wallet.counted_on, spent_day = wallet.spent_day + p_amount,
        spent_month = wallet.spent_month + p_amount, reloaded_month = wallet.reloaded_month, updated_at = p_at
    where id = p_wallet_id;
    return ledger.held_outcome(p_hold_id, false);
end
$$;

-- Ends an open hold and gives back what it had not paid. One that has ended so already stays as it is; one that was
-- captured is refused.
create function ledger.end_hold(p_hold_id uuid, p_status ledger.hold_status, p_at timestamptz, p_zone text)
    returns ledger.hold_outcome language plpgsql as $$
declare
    today constant date := (p_at at time zone p_zone)::date;
    wallet ledger.wallets;
    hold ledger.holds;
begin
    select w.* into wallet
    from ledger.holds h
    join ledger.wallets w on w.id = h.wallet_id
    where h.id = p_hold_id
    for no key update of w;
    -- Read again: while this waited for the wallet, the hold may have been captured.
    select * into hold from ledger.holds h where h.id = p_hold_id;
    if hold.id is null then
        return ledger.refused_outcome(row('unknown_hold', null, null, null, null)::ledger.refused);
    elsif hold.status = 'captured' then
        return ledger.refused_outcome(row('hold_closed', hold.wallet_id, null, null, null)::ledger.refused);
    elsif hold.status <> 'open' then
        return ledger.held_outcome(p_hold_id, true);
    end if;

    wallet := ledger.given_back(ledger.rolled(wallet, today), hold, hold.amount - hold.captured);
    update ledger.holds set status = p_status, updated_at = p_at where id = p_hold_id;
    update ledger.wallets
    set held = wallet.held, counted_on = wallet.counted_on, spent_day = wallet.spent_day,
        spent_month = wallet.spent_month, reloaded_month = wallet.reloaded_month, updated_at = p_at
    where id = wallet.id;
    return ledger.held_outcome(p_hold_id, false);
end
$$;

create function ledger.release(p_hold_id uuid, p_at timestamptz, p_zone text) returns ledger.hold_outcome
    language sql security definer set search_path = pg_catalog, pg_temp
    return ledger.end_hold(p_hold_id, 'released', p_at, p_zone);

-- Ends at most so many holds whose time has come, in the order of their wallets, and says how many.
create function ledger.expire(p_at timestamptz, p_zone text, p_count_max integer) returns integer
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    expired_count integer := 0;
    due uuid;
begin
    for due in
        select d.id
        from (
            select h.id, h.wallet_id
            from ledger.holds h
            where h.status = 'open' and h.expires_at <= p_at
            order by h.expires_at
            limit p_count_max) d
        order by d.wallet_id
    loop
        perform ledger.end_hold(due, 'expired', p_at, p_zone);
        expired_count := expired_count + 1;
    end loop;
    return expired_count;
end
$$;

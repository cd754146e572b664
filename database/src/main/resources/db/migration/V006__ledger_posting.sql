-- One posting is one statement: this function. It runs with its owner's rights, so that nobody else needs any on the
-- tables. It locks personal wallets in id order, decides, writes, and answers with a value, never with an error.

create type ledger.posting_outcome as (
    refusal ledger.refusal,
    refused_wallet_id uuid,
    cap text,
    cap_amount bigint,
    remaining bigint,
    replayed boolean,
    transfer_id uuid,
    created_at timestamptz,
    entry_ids uuid[],
    wallet_ids uuid[],
    amounts bigint[],
    balances bigint[]);

-- What a key made before, if it was asked with the same body.
create function ledger.replayed_posting(p_caller_id uuid, p_operation text, p_key text, p_body_hash bytea)
    returns ledger.posting_outcome language sql stable
begin atomic
    select
        case when k.body_hash <> p_body_hash then 'idempotency_key_reused'::ledger.refusal end,
        null::uuid, null::text, null::bigint, null::bigint,
        true, t.id, t.created_at, e.ids, e.wallet_ids, e.amounts, e.balances
    from platform.idempotency_keys k
    left join ledger.transfers t on t.id = k.outcome_id and k.body_hash = p_body_hash
    left join lateral (
        select
            array_agg(id order by wallet_id) as ids,
            array_agg(wallet_id order by wallet_id) as wallet_ids,
            array_agg(amount order by wallet_id) as amounts,
            array_agg(balance_after order by wallet_id) as balances
        from ledger.entries
        where transfer_id = t.id) e on true
    where k.caller_id = p_caller_id and k.operation = p_operation and k.key = p_key;
end;

-- What is wrong with a posting before any wallet is read, or nothing.
create function ledger.shape_refusal(
    p_entry_ids uuid[], p_wallet_ids uuid[], p_amounts bigint[], p_categories ledger.category[])
    returns ledger.refusal language plpgsql immutable as $$
declare
    entries_max constant integer := 10000;
    amount_max constant bigint := 1000000000000;
    entries constant integer := coalesce(cardinality(p_wallet_ids), 0);
    total bigint := 0;
    amount bigint;
begin
    if entries not between 2 and entries_max or cardinality(p_entry_ids) is distinct from entries
        or cardinality(p_amounts) is distinct from entries or cardinality(p_categories) is distinct from entries
        or array_position(p_categories, null) is not null
        or array_position(p_wallet_ids, null) is not null or array_position(p_entry_ids, null) is not null then
        return 'invalid_posting';
    end if;
    foreach amount in array p_amounts loop
        if amount is null or amount = 0 or amount not between -amount_max and amount_max then
            return 'invalid_amount';
        end if;
        total := total + amount;
    end loop;
    if total <> 0 then
        return 'unbalanced';
    elsif entries = 2 and p_wallet_ids[1] = p_wallet_ids[2] then
        return 'self_transfer';
    elsif entries = 2 and p_entry_ids[1] = p_entry_ids[2]
        or entries > 2 and (
            (select count(distinct w) from unnest(p_wallet_ids) w) < entries
            or (select count(distinct e) from unnest(p_entry_ids) e) < entries) then
        return 'duplicate_entry';
    end if;
    return null;
end
$$;

-- Of two reasons the one that is told.
create function ledger.worse(p_one ledger.refused, p_other ledger.refused) returns ledger.refused
    language plpgsql immutable as $$
begin
    if p_other.refusal is not null and (p_one.refusal is null or p_other.refusal < p_one.refusal) then
        return p_other;
    end if;
    return p_one;
end
$$;

-- Why an accumulating wallet can't be added to, or nothing.
create function ledger.accumulating_refusal(p_wallet ledger.wallets, p_amount bigint, p_currency text)
    returns ledger.refused language plpgsql immutable as $$
begin
    if p_wallet.currency <> p_currency then
        return row('currency_mismatch', p_wallet.id, null, null, null)::ledger.refused;
    elsif p_wallet.status = 'closed' then
        return row('wallet_closed', p_wallet.id, null, null, null)::ledger.refused;
    elsif p_wallet.status = 'frozen' and p_amount < 0 then
        return row('wallet_frozen', p_wallet.id, null, null, null)::ledger.refused;
    end if;
    return null;
end
$$;

-- Moves money between wallets, or says why not.
-- Its plans are made once a session (generic): the planner would else plan for the arrays of each call anew.
--   p_amounts            what each wallet receives (positive) or gives (negative), whole units of p_currency, sum zero
--   p_caps               which caps bind, see ledger.caps
--   p_hold_id            a hold that pays for the debit of its wallet; p_hold_closes gives what is left of it back
--   p_caller_id          whose token asks, with its session and epoch; null when Ecom itself does
--   p_operation, p_key   idempotency, with the hash of the body; a null key asks for none
--   p_at, p_zone         the time, and the zone whose days and months the limits count
create function ledger.post(
    p_transfer_id uuid,
    p_entry_ids uuid[],
    p_wallet_ids uuid[],
    p_amounts bigint[],
    p_categories ledger.category[],
    p_caps ledger.caps,
    p_currency text,
    p_description text,
    p_metadata jsonb,
    p_related_service_id uuid,
    p_payment_method ledger.payment_method,
    p_external_reference text,
    p_hold_id uuid,
    p_hold_closes boolean,
    p_reverses_id uuid,
    p_effective_at timestamptz,
    p_caller_id uuid,
    p_session_id uuid,
    p_session_epoch integer,
    p_operation text,
    p_key text,
    p_body_hash bytea,
    p_at timestamptz,
    p_zone text)
    returns ledger.posting_outcome language plpgsql security definer set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan as $$
declare
    today constant date := (p_at at time zone p_zone)::date;
    outcome ledger.posting_outcome;
    worst ledger.refused;
    reason ledger.refused;
    transfer_hash bytea;
    leg record;
    wallet ledger.wallets;
    hold ledger.holds;
    paying_hold ledger.holds;
    found_wallets integer := 0;
    new_wallets ledger.wallets[] := '{}';
    new_entries ledger.entries[] := '{}';
begin
    -- The key first: a second request with the same key waits here until the first has committed or gone.
    if p_key is not null then
        insert into platform.idempotency_keys (caller_id, operation, key, body_hash, outcome_id, created_at)
        values (p_caller_id, p_operation, p_key, p_body_hash, p_transfer_id, p_at)
        on conflict do nothing;
        if not found then
            return ledger.replayed_posting(p_caller_id, p_operation, p_key, p_body_hash);
        end if;
    end if;

    worst.refusal := ledger.shape_refusal(p_entry_ids, p_wallet_ids, p_amounts, p_categories);
    if worst.refusal is null then
        transfer_hash := ledger.transfer_hash(
            p_transfer_id, p_currency, p_description, p_metadata, p_related_service_id, p_payment_method,
            p_external_reference, p_hold_id, p_reverses_id, p_effective_at, p_at);

        -- Under lock, in id order: personal wallets, and an accumulating one with a floor when it gives.
        for leg in
            select l.entry_id, l.amount, l.category, w as wallet
            from unnest(p_entry_ids, p_wallet_ids, p_amounts, p_categories) as l(entry_id, wallet_id, amount, category)
            join ledger.wallets w on w.id = l.wallet_id
            where w.kind = 'personal' or (w.floor is not null and l.amount < 0)
            order by w.id
            for no key update of w
        loop
            found_wallets := found_wallets + 1;
            wallet := ledger.rolled(leg.wallet, today);
            if wallet.kind = 'accumulating' then
                wallet.balance := ledger.accumulated_balance(wallet.id);
            end if;
            hold := null;
            if p_hold_id is not null and leg.amount < 0 then
                select * into hold from ledger.holds h where h.id = p_hold_id and h.wallet_id = wallet.id;
            end if;
            if hold.id is not null then
                paying_hold := hold;
                paying_hold.captured := hold.captured - leg.amount;
            end if;
            reason := ledger.entry_refusal(wallet, leg.amount, p_currency, p_caps, hold, p_at);
            worst := ledger.worse(worst, reason);
            continue when worst.refusal is not null;

            if wallet.kind = 'personal' then
                wallet := ledger.moved(wallet, leg.amount, p_caps, hold, p_hold_closes);
                wallet.last_hash := ledger.entry_hash(
                    wallet.last_hash, transfer_hash, leg.entry_id, wallet.id, leg.amount, wallet.balance,
                    wallet.entry_count, leg.category, p_at);
                new_wallets := array_append(new_wallets, wallet);
                new_entries := array_append(new_entries, row(
                    leg.entry_id, p_transfer_id, wallet.id, leg.amount, wallet.balance, wallet.entry_count, null, p_at,
                    leg.category, wallet.last_hash)::ledger.entries);
            else
                new_entries := array_append(new_entries, row(
                    leg.entry_id, p_transfer_id, wallet.id, leg.amount, null, null, pg_current_xact_id(), p_at,
                    leg.category,
                    ledger.entry_hash(
                        null, transfer_hash, leg.entry_id, wallet.id, leg.amount, null, null, leg.category, p_at)
                    )::ledger.entries);
            end if;
        end loop;

        -- Without any lock: the accumulating wallets, which are only added to.
        if found_wallets < cardinality(p_wallet_ids) then
            for leg in
                select l.entry_id, l.amount, l.category, w as wallet
                from unnest(p_entry_ids, p_wallet_ids, p_amounts, p_categories)
                    as l(entry_id, wallet_id, amount, category)
                join ledger.wallets w on w.id = l.wallet_id
                where w.kind = 'accumulating' and (w.floor is null or l.amount > 0)
            loop
                found_wallets := found_wallets + 1;
                reason := ledger.accumulating_refusal(leg.wallet, leg.amount, p_currency);
                worst := ledger.worse(worst, reason);
                new_entries := array_append(new_entries, row(
                    leg.entry_id, p_transfer_id, (leg.wallet).id, leg.amount, null, null, pg_current_xact_id(), p_at,
                    leg.category,
                    ledger.entry_hash(
                        null, transfer_hash, leg.entry_id, (leg.wallet).id, leg.amount, null, null, leg.category, p_at)
                    )::ledger.entries);
            end loop;
        end if;

        if found_wallets < cardinality(p_wallet_ids) then
            worst := ledger.worse(worst, row('unknown_wallet', null, null, null, null)::ledger.refused);
        end if;
        if p_hold_id is not null and paying_hold.id is null then
            worst := ledger.worse(worst, row('unknown_hold', null, null, null, null)::ledger.refused);
        end if;
        if not ledger.session_is_live(p_caller_id, p_session_id, p_session_epoch) then
            worst := ledger.worse(worst, row('session_revoked', p_caller_id, null, null, null)::ledger.refused);
        end if;
    end if;

    if worst.refusal is not null then
        -- A refusal is not stored: the same key may succeed later.
        delete from platform.idempotency_keys
        where caller_id = p_caller_id and operation = p_operation and key = p_key;
        outcome.refusal := worst.refusal;
        outcome.refused_wallet_id := worst.wallet_id;
        outcome.cap := worst.cap;
        outcome.cap_amount := worst.cap_amount;
        outcome.remaining := worst.remaining;
        return outcome;
    end if;

    insert into ledger.transfers (
        id, currency, description, metadata, related_service_id, payment_method, external_reference, hold_id,
        reverses_id, effective_at, created_at, hash)
    values (
        p_transfer_id, p_currency, p_description, p_metadata, p_related_service_id, p_payment_method,
        p_external_reference, p_hold_id, p_reverses_id, p_effective_at, p_at, transfer_hash);
    insert into ledger.entries select * from unnest(new_entries);
    update ledger.wallets w
    set balance = n.balance, held = n.held, counted_on = n.counted_on, spent_day = n.spent_day,
        spent_month = n.spent_month, reloaded_month = n.reloaded_month, entry_count = n.entry_count,
        last_hash = n.last_hash, updated_at = p_at
    from unnest(new_wallets) n
    where w.id = n.id;
    if p_hold_id is not null then
        update ledger.holds
        set captured = paying_hold.captured, updated_at = p_at,
            status = case
                when p_hold_closes or paying_hold.captured = paying_hold.amount then 'captured'::ledger.hold_status
                else 'open' end
        where id = p_hold_id;
    end if;

    outcome.replayed := false;
    outcome.transfer_id := p_transfer_id;
    outcome.created_at := p_at;
    select array_agg(n.id), array_agg(n.wallet_id), array_agg(n.amount), array_agg(n.balance_after)
    into outcome.entry_ids, outcome.wallet_ids, outcome.amounts, outcome.balances
    from unnest(new_entries) n;
    return outcome;
end
$$;

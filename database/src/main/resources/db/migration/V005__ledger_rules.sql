-- The rules a posting is judged by, each once: the posting, the holds and the verifier share them. They are PL/pgSQL
-- even
-- where SQL would do, because a session keeps the plans of PL/pgSQL and parses a function in SQL at every transaction.

-- In order of precedence: of several reasons, the first is told.
create type ledger.refusal as enum (
    'idempotency_key_reused',
    'invalid_amount',
    'invalid_posting',
    'unbalanced',
    'self_transfer',
    'duplicate_entry',
    'session_revoked',
    'unknown_wallet',
    'unknown_hold',
    'currency_mismatch',
    'wallet_closed',
    'wallet_frozen',
    'hold_closed',
    'hold_expired',
    'hold_exceeded',
    'insufficient_funds',
    'limit_exceeded',
    'balance_cap_exceeded');

create type ledger.refused as (
    refusal ledger.refusal,
    wallet_id uuid,
    cap text,
    cap_amount bigint,
    remaining bigint);

create function ledger.month_start(p_day date) returns date
    language plpgsql immutable as $$
begin
    return p_day - (extract(day from p_day)::integer - 1);
end
$$;

-- The wallet with its counters as of a day: each starts anew with its period. A clock that is behind reopens none.
create function ledger.rolled(p_wallet ledger.wallets, p_day date) returns ledger.wallets
    language plpgsql immutable as $$
begin
    if p_wallet.counted_on < p_day then
        p_wallet.spent_day := 0;
        if p_wallet.counted_on < ledger.month_start(p_day) then
            p_wallet.spent_month := 0;
            p_wallet.reloaded_month := 0;
        end if;
        p_wallet.counted_on := p_day;
    end if;
    return p_wallet;
end
$$;

create function ledger.tier_at(p_tier smallint, p_at timestamptz) returns ledger.tiers
    language plpgsql stable as $$
declare
    found_tier ledger.tiers;
begin
    select * into found_tier
    from ledger.tiers t
    where t.tier = p_tier and t.valid_from <= p_at
    order by t.valid_from desc
    limit 1;
    return found_tier;
end
$$;

-- A token acts while its epoch is the wallet's and its session is not revoked. No caller is Ecom itself.
create function ledger.session_is_live(p_caller_id uuid, p_session_id uuid, p_session_epoch integer) returns boolean
    language plpgsql stable as $$
begin
    return p_caller_id is null
        or (exists (select from ledger.wallets w where w.id = p_caller_id and w.session_epoch = p_session_epoch)
            and not exists (select from ledger.revoked_sessions s where s.session_id = p_session_id));
end
$$;

-- Why a wallet, its counters rolled to the day, can't pay or promise an amount, or nothing.
create function ledger.debit_refusal(
    p_wallet ledger.wallets, p_amount bigint, p_caps ledger.caps, p_at timestamptz)
    returns ledger.refused language plpgsql stable as $$
declare
    available constant bigint := p_wallet.balance - p_wallet.held - p_wallet.floor;
    tier ledger.tiers;
begin
    if p_wallet.status = 'frozen' then
        return row('wallet_frozen', p_wallet.id, null, null, null)::ledger.refused;
    elsif available < p_amount then
        return row('insufficient_funds', p_wallet.id, null, null, greatest(available, 0))::ledger.refused;
    elsif p_caps <> 'spending' or p_wallet.tier is null then
        return null;
    end if;
    tier := ledger.tier_at(p_wallet.tier, p_at);
    if p_amount > tier.single_max then
        return row('limit_exceeded', p_wallet.id, 'single', tier.single_max, tier.single_max)::ledger.refused;
    elsif p_wallet.spent_day + p_amount > tier.daily_max then
        return row('limit_exceeded', p_wallet.id, 'daily', tier.daily_max,
            greatest(tier.daily_max - p_wallet.spent_day, 0))::ledger.refused;
    elsif p_wallet.spent_month + p_amount > tier.monthly_max then
        return row('limit_exceeded', p_wallet.id, 'monthly', tier.monthly_max,
            greatest(tier.monthly_max - p_wallet.spent_month, 0))::ledger.refused;
    end if;
    return null;
end
$$;

-- Why a wallet, its counters rolled to the day, can't take an amount in, or nothing.
create function ledger.credit_refusal(
    p_wallet ledger.wallets, p_amount bigint, p_caps ledger.caps, p_at timestamptz)
    returns ledger.refused language plpgsql stable as $$
declare
    amount_max constant bigint := 1000000000000;
    tier ledger.tiers;
begin
    if p_wallet.balance + p_amount > amount_max then
        return row('balance_cap_exceeded', p_wallet.id, 'balance', amount_max,
            greatest(amount_max - p_wallet.balance, 0))::ledger.refused;
    elsif p_caps = 'none' or p_wallet.tier is null then
        return null;
    end if;
    tier := ledger.tier_at(p_wallet.tier, p_at);
    if p_wallet.balance + p_amount > tier.balance_max then
        return row('balance_cap_exceeded', p_wallet.id, 'balance', tier.balance_max,
            greatest(tier.balance_max - p_wallet.balance, 0))::ledger.refused;
    elsif p_caps = 'reload' and p_wallet.reloaded_month + p_amount > tier.reload_max then
        return row('limit_exceeded', p_wallet.id, 'reload', tier.reload_max,
            greatest(tier.reload_max - p_wallet.reloaded_month, 0))::ledger.refused;
    end if;
    return null;
end
$$;

-- Why a hold can't pay an amount, or nothing.
create function ledger.capture_refusal(p_hold ledger.holds, p_amount bigint, p_at timestamptz)
    returns ledger.refused language plpgsql immutable as $$
begin
    if p_hold.status <> 'open' then
        return row('hold_closed', p_hold.wallet_id, null, null, null)::ledger.refused;
    elsif p_hold.expires_at <= p_at then
        return row('hold_expired', p_hold.wallet_id, null, null, null)::ledger.refused;
    elsif p_amount > p_hold.amount - p_hold.captured then
        return row('hold_exceeded', p_hold.wallet_id, null, null, p_hold.amount - p_hold.captured)::ledger.refused;
    end if;
    return null;
end
$$;

-- Why one wallet can't do its part of a posting, or nothing. A hold of its own that pays has met the caps already.
create function ledger.entry_refusal(
    p_wallet ledger.wallets, p_amount bigint, p_currency text, p_caps ledger.caps, p_hold ledger.holds,
    p_at timestamptz) returns ledger.refused language plpgsql stable as $$
begin
    if p_wallet.currency <> p_currency then
        return row('currency_mismatch', p_wallet.id, null, null, null)::ledger.refused;
    elsif p_wallet.status = 'closed' then
        return row('wallet_closed', p_wallet.id, null, null, null)::ledger.refused;
    elsif p_hold.id is not null then
        return ledger.capture_refusal(p_hold, -p_amount, p_at);
    elsif p_amount > 0 then
        return ledger.credit_refusal(p_wallet, p_amount, p_caps, p_at);
    end if;
    return ledger.debit_refusal(p_wallet, -p_amount, p_caps, p_at);
end
$$;

-- The wallet once a hold weighs on it by so much less without having paid: the counters get it back, if it is on them.
create function ledger.given_back(p_wallet ledger.wallets, p_hold ledger.holds, p_amount bigint) returns ledger.wallets
    language plpgsql immutable as $$
begin
    p_wallet.held := p_wallet.held - p_amount;
    if p_hold.counted_on = p_wallet.counted_on then
        p_wallet.spent_day := p_wallet.spent_day - p_amount;
    end if;
    if p_hold.counted_on >= ledger.month_start(p_wallet.counted_on) then
        p_wallet.spent_month := p_wallet.spent_month - p_amount;
    end if;
    return p_wallet;
end
$$;

-- The wallet after its part of a posting: balance, counters, and what a hold of its own paid.
create function ledger.moved(
    p_wallet ledger.wallets, p_amount bigint, p_caps ledger.caps, p_hold ledger.holds, p_hold_closes boolean)
    returns ledger.wallets language plpgsql immutable as $$
begin
    p_wallet.balance := p_wallet.balance + p_amount;
    p_wallet.entry_count := p_wallet.entry_count + 1;
    if p_hold.id is not null then
        p_wallet.held := p_wallet.held + p_amount;
        if p_hold_closes then
            return ledger.given_back(p_wallet, p_hold, p_hold.amount - p_hold.captured + p_amount);
        end if;
    elsif p_caps = 'spending' and p_amount < 0 then
        p_wallet.spent_day := p_wallet.spent_day - p_amount;
        p_wallet.spent_month := p_wallet.spent_month - p_amount;
    elsif p_caps = 'reload' and p_amount > 0 then
        p_wallet.reloaded_month := p_wallet.reloaded_month + p_amount;
    end if;
    return p_wallet;
end
$$;

-- Fixed widths and network byte order where there is one, JSON where a field may be absent: one text, one meaning.
create function ledger.transfer_hash(
    p_id uuid, p_currency text, p_description text, p_metadata jsonb, p_related_service_id uuid,
    p_payment_method ledger.payment_method, p_external_reference text, p_hold_id uuid, p_reverses_id uuid,
    p_effective_at timestamptz, p_created_at timestamptz) returns bytea
    language plpgsql stable as $$
begin
    return sha256(
        uuid_send(p_id) || timestamptz_send(p_effective_at) || timestamptz_send(p_created_at)
        || convert_to(
            jsonb_build_array(
                p_currency, p_description, p_metadata, p_related_service_id, p_payment_method::text,
                p_external_reference, p_hold_id, p_reverses_id)::text,
            'UTF8'));
end
$$;

-- A personal wallet's chain starts from its id. An accumulating wallet's entries have no balance, no place and no hash
-- before them: their seals chain them.
create function ledger.entry_hash(
    p_previous_hash bytea, p_transfer_hash bytea, p_id uuid, p_wallet_id uuid, p_amount bigint, p_balance_after bigint,
    p_sequence bigint, p_category ledger.category, p_created_at timestamptz) returns bytea
    language plpgsql stable as $$
begin
    return sha256(
        coalesce(p_previous_hash, uuid_send(p_wallet_id)) || p_transfer_hash
        || uuid_send(p_id) || uuid_send(p_wallet_id) || int8send(p_amount)
        || int8send(coalesce(p_balance_after, 0)) || int8send(coalesce(p_sequence, 0))
        || timestamptz_send(p_created_at) || textsend(p_category::text));
end
$$;

-- An accumulating wallet's balance: its last seal and the tail after it, from one snapshot.
create function ledger.accumulated_balance(p_wallet_id uuid) returns bigint
    language sql stable
begin atomic
    select coalesce(s.balance, 0) + coalesce(
        (select sum(e.amount)
         from ledger.entries e
         where e.wallet_id = p_wallet_id and e.xid >= coalesce(s.to_xid, '0'::xid8)), 0)::bigint
    from (select) nothing
    left join lateral (
        select balance, to_xid
        from ledger.seals
        where wallet_id = p_wallet_id
        order by sequence desc
        limit 1) s on true;
end;

-- Whoever is asked and does not pay is asked so often an hour and no more, whichever phone a person names: by recharges
-- that each end at once nobody's phone is to be pestered, and no operator to take us for a nuisance.

alter type payments.begin_outcome add attribute retry_at timestamptz;

create index payments_unpaid on payments.payments (wallet_id, created_at) where status in ('failed', 'expired');

-- Begins a payment, or says why not. The parameters of the caller, the key, the time and the zone mean what those of
-- ledger.post do. It locks the wallet, so that of two begins one counts the other, and a credit is never counted twice.
create or replace function payments.begin(
    p_payment_id uuid,
    p_event_id uuid,
    p_wallet_id uuid,
    p_user_id uuid,
    p_amount bigint,
    p_currency text,
    p_method ledger.payment_method,
    p_operator_wallet_id uuid,
    p_purpose payments.purpose,
    p_phone_encrypted bytea,
    p_phone_hash bytea,
    p_next_question_at timestamptz,
    p_expires_at timestamptz,
    p_state_machine text,
    p_saga_input jsonb,
    p_session_id uuid,
    p_session_epoch integer,
    p_operation text,
    p_key text,
    p_body_hash bytea,
    p_at timestamptz,
    p_zone text)
    returns payments.begin_outcome language plpgsql security definer set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan as $$
declare
    -- Each asks somebody's phone for a secret code: enough for anyone in a hurry, too few to pester with.
    pending_max constant integer := 10;
    unpaid_max constant integer := 10;
    unpaid_during constant interval := '1 hour';
    today constant date := (p_at at time zone p_zone)::date;
    outcome payments.begin_outcome;
    claimed platform.idempotency_keys;
    wallet ledger.wallets;
    refused ledger.refused;
    pending_count integer;
    pending_amount bigint;
begin
    insert into platform.idempotency_keys (caller_id, operation, key, body_hash, outcome_id, created_at)
    values (p_user_id, p_operation, p_key, p_body_hash, p_payment_id, p_at)
    on conflict do nothing;
    if not found then
        select * into claimed
        from platform.idempotency_keys k
        where k.caller_id = p_user_id and k.operation = p_operation and k.key = p_key;
        if claimed.body_hash <> p_body_hash then
            outcome.refusal := 'idempotency_key_reused';
            return outcome;
        end if;
        outcome.replayed := true;
        outcome.payment_id := claimed.outcome_id;
        return outcome;
    end if;

    select * into wallet
    from ledger.wallets w
    where w.id = p_wallet_id and w.kind = 'personal'
    for no key update;
    wallet := ledger.rolled(wallet, today);
    -- Read after the lock: whoever held it has committed what they began.
    select count(*), coalesce(sum(p.amount), 0) into pending_count, pending_amount
    from payments.payments p
    where p.wallet_id = p_wallet_id and p.status = 'pending';
    refused := payments.begin_refusal(
        wallet, p_amount, pending_amount, p_currency,
        ledger.session_is_live(p_user_id, p_session_id, p_session_epoch), p_at);
    outcome.too_many := refused.refusal is null and pending_count >= pending_max;
    if refused.refusal is null then
        select p.created_at + unpaid_during into outcome.retry_at
        from payments.payments p
        where p.wallet_id = p_wallet_id and p.status in ('failed', 'expired') and p.created_at > p_at - unpaid_during
        order by p.created_at desc
        offset unpaid_max - 1
        limit 1;
    end if;
    if refused.refusal is not null or outcome.too_many or outcome.retry_at is not null then
        -- A refusal is not stored: the same key may succeed later.
        delete from platform.idempotency_keys
        where caller_id = p_user_id and operation = p_operation and key = p_key;
        outcome.refusal := refused.refusal;
        outcome.refused_wallet_id := refused.wallet_id;
        outcome.cap := refused.cap;
        outcome.cap_amount := refused.cap_amount;
        outcome.remaining := refused.remaining;
        return outcome;
    end if;

    insert into payments.payments (
        id, wallet_id, user_id, amount, currency, method, operator_wallet_id, purpose, phone_encrypted, phone_hash,
        after_sequence, next_question_at, expires_at, created_at, updated_at)
    values (
        p_payment_id, p_wallet_id, p_user_id, p_amount, p_currency, p_method, p_operator_wallet_id, p_purpose,
        p_phone_encrypted, p_phone_hash, wallet.entry_count, p_next_question_at, p_expires_at, p_at, p_at);
    insert into payments.payment_events (id, payment_id, sequence, kind, at)
    values (p_event_id, p_payment_id, 1, 'begun', p_at);
    insert into platform.saga_starts (name, state_machine, input, created_at)
    values (p_payment_id::text, p_state_machine, p_saga_input, p_at);
    outcome.replayed := false;
    outcome.payment_id := p_payment_id;
    return outcome;
end
$$;

-- Most postings are plain: one person pays another, both in good standing, with money and caps to spare. Whether one is
-- can be seen at a glance, and then a posting costs half of what the full judgement does, which takes over for all others
-- and is the only one to refuse.

-- PostgreSQL reads each check of a table anew for each statement that writes to it, so each of these is one.
alter table ledger.wallets
    drop constraint wallets_currency_check,
    drop constraint wallets_held_check,
    drop constraint wallets_spent_day_check,
    drop constraint wallets_spent_month_check,
    drop constraint wallets_reloaded_month_check,
    drop constraint wallets_check,
    drop constraint wallets_check1,
    -- The last line of defence: whatever the code above does, no franc is promised twice.
    add constraint wallets_sound check (
        currency ~ '^[A-Z]{3}$'
        and least(held, spent_day, spent_month, reloaded_month) >= 0
        and (kind = 'accumulating' or floor is not null and balance - held >= floor));

alter table ledger.entries
    drop constraint entries_amount_check,
    drop constraint entries_check,
    drop constraint entries_check1,
    add constraint entries_sound check (
        amount <> 0 and (balance_after is null) = (sequence is null) and (sequence is null) <> (xid is null));

-- The full judgement. Keys are claimed before it.
alter function ledger.post rename to post_judged;
revoke execute on function ledger.post_judged from ecom_wallet, ecom_payments, ecom_marketplace;

-- Moves money between wallets, or says why not.
-- Its plans are made once a session (generic): the planner would else plan for the arrays of each call anew. What it
-- knows of a wallet stands in single variables, since PL/pgSQL takes longer over the fields of a row.
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
    amount_max constant bigint := 1000000000000;
    today date;
    month_start date;
    outcome ledger.posting_outcome;
    -- Where in the arrays the wallet that pays stands, and the one that is paid.
    debit integer := case when p_amounts[1] < 0 then 1 else 2 end;
    credit integer := 3 - debit;
    payer uuid := p_wallet_ids[debit];
    payee uuid := p_wallet_ids[credit];
    amount bigint := p_amounts[credit];
    is_plain boolean := false;
    transfer_hash bytea;
    payer_balance bigint;
    payer_available bigint;
    payer_count bigint;
    payer_hash bytea;
    payer_tier smallint;
    payer_day date;
    payer_spent_day bigint;
    payer_spent_month bigint;
    payer_reloaded bigint;
    payer_epoch integer;
    payee_balance bigint;
    payee_count bigint;
    payee_hash bytea;
    payee_tier smallint;
    payee_day date;
    payee_spent_day bigint;
    payee_spent_month bigint;
    payee_reloaded bigint;
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

    -- Two entries of two people, of which the caller pays. What is null anywhere is not plain.
    if p_hold_id is null and p_caps in ('spending', 'none') and (p_caller_id is null or p_caller_id = payer)
        and cardinality(p_wallet_ids) = 2 and cardinality(p_amounts) = 2 and cardinality(p_entry_ids) = 2
        and cardinality(p_categories) = 2 and p_amounts[debit] = (case when amount between 1 and amount_max then -amount end)
        and payer <> payee and p_entry_ids[1] <> p_entry_ids[2] and p_categories[1] is not null
        and p_categories[2] is not null then
        -- Locked in id order, and none but personal wallets: what the full judgement locks after that keeps its order.
        for turn in 1..2 loop
            if (turn = 1) = (payer < payee) then
                select
                    w.balance, w.balance - w.held - w.floor, w.entry_count, coalesce(w.last_hash, uuid_send(w.id)), w.tier,
                    w.counted_on, w.spent_day, w.spent_month, w.reloaded_month, w.session_epoch
                into
                    payer_balance, payer_available, payer_count, payer_hash, payer_tier, payer_day, payer_spent_day,
                    payer_spent_month, payer_reloaded, payer_epoch
                from ledger.wallets w
                where w.id = payer and w.kind = 'personal' and w.status = 'active' and w.currency = p_currency
                for no key update;
            else
                select
                    w.balance, w.entry_count, coalesce(w.last_hash, uuid_send(w.id)), w.tier, w.counted_on, w.spent_day,
                    w.spent_month, w.reloaded_month
                into
                    payee_balance, payee_count, payee_hash, payee_tier, payee_day, payee_spent_day, payee_spent_month,
                    payee_reloaded
                from ledger.wallets w
                where w.id = payee and w.kind = 'personal' and w.status <> 'closed' and w.currency = p_currency
                for no key update;
            end if;
            exit when not found;
        end loop;
        is_plain := payer_available >= amount and payee_balance + amount <= amount_max;
    end if;

    if is_plain then
        -- Counters start anew with their period, as in ledger.rolled.
        today := (p_at at time zone p_zone)::date;
        month_start := ledger.month_start(today);
        if payer_day < today then
            payer_spent_day := 0;
            if payer_day < month_start then
                payer_spent_month := 0;
                payer_reloaded := 0;
            end if;
            payer_day := today;
        end if;
        if payee_day < today then
            payee_spent_day := 0;
            if payee_day < month_start then
                payee_spent_month := 0;
                payee_reloaded := 0;
            end if;
            payee_day := today;
        end if;
        if p_caller_id is not null then
            is_plain := payer_epoch = p_session_epoch
                and not exists (select from ledger.revoked_sessions s where s.session_id = p_session_id);
        end if;
        if is_plain and p_caps = 'spending' and payer_tier is not null then
            select amount <= t.single_max and payer_spent_day + amount <= t.daily_max
                and payer_spent_month + amount <= t.monthly_max
                and (payee_tier is null or payee_tier = payer_tier and payee_balance + amount <= t.balance_max)
            into is_plain
            from ledger.tiers t
            where t.tier = payer_tier and t.valid_from <= p_at
            order by t.valid_from desc
            limit 1;
        end if;
        is_plain := is_plain and (p_caps = 'none' or payer_tier is not null or payee_tier is null);
    end if;

    if is_plain is not true then
        outcome := ledger.post_judged(
            p_transfer_id, p_entry_ids, p_wallet_ids, p_amounts, p_categories, p_caps, p_currency, p_description,
            p_metadata, p_related_service_id, p_payment_method, p_external_reference, p_hold_id, p_hold_closes,
            p_reverses_id, p_effective_at, p_caller_id, p_session_id, p_session_epoch, null, null, null, p_at, p_zone);
        if outcome.refusal is not null and p_key is not null then
            -- A refusal is not stored: the same key may succeed later.
            delete from platform.idempotency_keys
            where caller_id = p_caller_id and operation = p_operation and key = p_key;
        end if;
        return outcome;
    end if;

    transfer_hash := ledger.transfer_hash(
        p_transfer_id, p_currency, p_description, p_metadata, p_related_service_id, p_payment_method,
        p_external_reference, p_hold_id, p_reverses_id, p_effective_at, p_at);
    payer_balance := payer_balance - amount;
    payer_count := payer_count + 1;
    payer_hash := ledger.entry_hash(
        payer_hash, transfer_hash, p_entry_ids[debit], payer, -amount, payer_balance, payer_count, p_categories[debit],
        p_at);
    if p_caps = 'spending' then
        payer_spent_day := payer_spent_day + amount;
        payer_spent_month := payer_spent_month + amount;
    end if;
    payee_balance := payee_balance + amount;
    payee_count := payee_count + 1;
    payee_hash := ledger.entry_hash(
        payee_hash, transfer_hash, p_entry_ids[credit], payee, amount, payee_balance, payee_count, p_categories[credit],
        p_at);

    insert into ledger.transfers (
        id, currency, description, metadata, related_service_id, payment_method, external_reference, hold_id,
        reverses_id, effective_at, created_at, hash)
    values (
        p_transfer_id, p_currency, p_description, p_metadata, p_related_service_id, p_payment_method,
        p_external_reference, p_hold_id, p_reverses_id, p_effective_at, p_at, transfer_hash);
    insert into ledger.entries (
        id, transfer_id, wallet_id, amount, balance_after, sequence, xid, created_at, category, hash)
    values
        (
            p_entry_ids[debit], p_transfer_id, payer, -amount, payer_balance, payer_count, null, p_at,
            p_categories[debit], payer_hash),
        (
            p_entry_ids[credit], p_transfer_id, payee, amount, payee_balance, payee_count, null, p_at,
            p_categories[credit], payee_hash);
    update ledger.wallets
    set balance = payer_balance, entry_count = payer_count, last_hash = payer_hash, counted_on = payer_day,
        spent_day = payer_spent_day, spent_month = payer_spent_month, reloaded_month = payer_reloaded, updated_at = p_at
    where id = payer;
    update ledger.wallets
    set balance = payee_balance, entry_count = payee_count, last_hash = payee_hash, counted_on = payee_day,
        spent_day = payee_spent_day, spent_month = payee_spent_month, reloaded_month = payee_reloaded, updated_at = p_at
    where id = payee;

    outcome.replayed := false;
    outcome.transfer_id := p_transfer_id;
    outcome.created_at := p_at;
    outcome.entry_ids := p_entry_ids;
    outcome.wallet_ids := p_wallet_ids;
    outcome.amounts := p_amounts;
    outcome.balances := case
        when debit = 1 then array[payer_balance, payee_balance]
        else array[payee_balance, payer_balance]
    end;
    return outcome;
end
$$;

grant execute on function ledger.post to ecom_wallet, ecom_payments, ecom_marketplace;

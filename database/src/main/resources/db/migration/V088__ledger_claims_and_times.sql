-- A key, and what it made, are asked for in one way each, and a posting that does not say when it happened happened when
-- it is recorded. Nothing else of these functions is other than it was.

comment on type ledger.posting is
    'amounts: what each wallet receives (positive) or gives (negative), whole units of the currency, sum zero; '
    'completes: an entry has the id of the payment that it completes, and may have been posted before; '
    'hold_id: a hold that pays for the debit of its wallet; hold_closes: what is left of it goes back; '
    'effective_at: when it happened, if that was before it is recorded.';

-- What a key made that somebody had before, unless it was with another body.
create function ledger.replayed(p_claim platform.claim) returns ledger.posting_outcome
    language plpgsql stable as $$
declare
    outcome ledger.posting_outcome;
begin
    if p_claim.is_reused then
        outcome.refusal := 'idempotency_key_reused';
        outcome.replayed := true;
        return outcome;
    end if;
    return ledger.posted_before(p_claim.outcome_id);
end
$$;

create or replace function ledger.replayed_posting(p_caller_id uuid, p_operation text, p_key text, p_body_hash bytea)
    returns ledger.posting_outcome language plpgsql stable as $$
declare
    claimed platform.claim;
begin
    select false, k.body_hash <> p_body_hash, k.outcome_id into claimed
    from platform.idempotency_keys k
    where k.caller_id = p_caller_id and k.operation = p_operation and k.key = p_key;
    return ledger.replayed(claimed);
end
$$;

-- Moves money between wallets, or says why not.
-- Its plans are made once a session (generic): the planner would else plan for the arrays of each call anew. What it
-- knows of a posting and of a wallet stands in single variables, since PL/pgSQL takes longer over the fields of a row.
--   p_caller_id          whose token asks, with its session and epoch; null when Ecom itself does
--   p_operation, p_key   idempotency, with the hash of the body; a null key asks for none
--   p_at, p_zone         the time, and the zone whose days and months the limits count
create or replace function ledger.post(
    p_posting ledger.posting,
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
    outcome ledger.posting_outcome;
    transfer_id constant uuid := p_posting.transfer_id;
    entry_ids constant uuid[] := p_posting.entry_ids;
    wallet_ids constant uuid[] := p_posting.wallet_ids;
    amounts constant bigint[] := p_posting.amounts;
    categories constant ledger.category[] := p_posting.categories;
    caps constant ledger.caps := p_posting.caps;
    currency_code constant text := p_posting.currency;
    happened_at constant timestamptz := coalesce(p_posting.effective_at, p_at);
    -- Where in the arrays the wallet that pays stands, and the one that is paid.
    debit constant integer := case when amounts[1] < 0 then 1 else 2 end;
    credit constant integer := 3 - debit;
    debit_id constant uuid := entry_ids[debit];
    credit_id constant uuid := entry_ids[credit];
    payer constant uuid := wallet_ids[debit];
    payee constant uuid := wallet_ids[credit];
    amount constant bigint := amounts[credit];
    debit_category constant ledger.category := categories[debit];
    credit_category constant ledger.category := categories[credit];
    claimed platform.claim;
    is_plain boolean := false;
    payee_is_person boolean;
    today date;
    month_start date;
    new_transfer_hash bytea;
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
        claimed := platform.claim_key(p_caller_id, p_operation, p_key, p_body_hash, transfer_id, p_at);
        if not claimed.is_new then
            return ledger.replayed(claimed);
        end if;
    end if;

    -- One person, who is the caller, pays another or a wallet that accumulates. What is null anywhere is not plain.
    if p_posting.hold_id is null and p_posting.reverses_id is null and not p_posting.completes
        and caps in ('spending', 'none')
        and (p_caller_id is null or p_caller_id = payer)
        and cardinality(wallet_ids) = 2 and cardinality(amounts) = 2 and cardinality(entry_ids) = 2
        and cardinality(categories) = 2
        and amounts[debit] = (case when amount between 1 and amount_max then -amount end)
        and payer <> payee and debit_id <> credit_id and debit_category is not null and credit_category is not null then
        -- Locked in id order, and none but personal wallets: what the full judgement locks after that keeps its order.
        -- What is read of the payee's balance, place and chain is null for a wallet that accumulates.
        for turn in 1..2 loop
            if (turn = 1) = (payer < payee) then
                select
                    w.balance, w.balance - w.held - w.floor, w.entry_count, coalesce(w.last_hash, uuid_send(w.id)),
                    w.tier, w.counted_on, w.spent_day, w.spent_month, w.reloaded_month, w.session_epoch
                into
                    payer_balance, payer_available, payer_count, payer_hash, payer_tier, payer_day, payer_spent_day,
                    payer_spent_month, payer_reloaded, payer_epoch
                from ledger.wallets w
                where w.id = payer and w.kind = 'personal' and w.status = 'active' and w.currency = currency_code
                for no key update;
            else
                select
                    w.balance, w.entry_count, coalesce(w.last_hash, uuid_send(w.id)), w.tier, w.counted_on, w.spent_day,
                    w.spent_month, w.reloaded_month
                into
                    payee_balance, payee_count, payee_hash, payee_tier, payee_day, payee_spent_day, payee_spent_month,
                    payee_reloaded
                from ledger.wallets w
                where w.id = payee and w.kind = 'personal' and w.status <> 'closed' and w.currency = currency_code
                for no key update;
                payee_is_person := found;
                if not payee_is_person then
                    perform from ledger.wallets w
                    where w.id = payee and w.kind = 'accumulating' and w.status <> 'closed'
                        and w.currency = currency_code;
                    payee_is_person := case when found then false end;
                end if;
            end if;
            exit when not found;
        end loop;
        is_plain := payer_available >= amount and (payee_balance + amount <= amount_max or not payee_is_person);
    end if;

    if is_plain then
        -- Counters start anew with their period, as in ledger.rolled.
        today := (p_at at time zone p_zone)::date;
        if payer_day < today or payee_day < today then
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
        end if;
        if p_caller_id is not null then
            is_plain := payer_epoch = p_session_epoch
                and not exists (select from ledger.revoked_sessions s where s.session_id = p_session_id);
        end if;
        if is_plain and caps = 'spending' and payer_tier is not null then
            select amount <= t.single_max and payer_spent_day + amount <= t.daily_max
                and payer_spent_month + amount <= t.monthly_max
                and (payee_tier is null or payee_tier = payer_tier and payee_balance + amount <= t.balance_max)
            into is_plain
            from ledger.tiers t
            where t.tier = payer_tier and t.valid_from <= p_at
            order by t.valid_from desc
            limit 1;
        end if;
        is_plain := is_plain and (caps = 'none' or payer_tier is not null or payee_tier is null);
    end if;

    if is_plain is not true then
        outcome := (ledger.post_judged(
            array[p_posting], false, p_caller_id, p_session_id, p_session_epoch, p_at, p_zone))[1];
        if outcome.refusal is not null and p_key is not null then
            -- A refusal is not stored: the same key may succeed later.
            perform platform.give_key_back(p_caller_id, p_operation, p_key);
        end if;
        return outcome;
    end if;

    new_transfer_hash := ledger.transfer_hash(
        transfer_id, currency_code, p_posting.description, p_posting.metadata, p_posting.related_service_id,
        p_posting.payment_method, p_posting.external_reference, null, null, happened_at, p_at);
    payer_balance := payer_balance - amount;
    payer_count := payer_count + 1;
    payer_hash := ledger.entry_hash(
        payer_hash, new_transfer_hash, debit_id, payer, -amount, payer_balance, payer_count, debit_category, p_at);
    if caps = 'spending' then
        payer_spent_day := payer_spent_day + amount;
        payer_spent_month := payer_spent_month + amount;
    end if;
    payee_balance := payee_balance + amount;
    payee_count := payee_count + 1;
    payee_hash := ledger.entry_hash(
        payee_hash, new_transfer_hash, credit_id, payee, amount, payee_balance, payee_count, credit_category, p_at);

    insert into ledger.transfers (
        id, currency, description, metadata, related_service_id, payment_method, external_reference, effective_at,
        created_at, hash)
    values (
        transfer_id, currency_code, p_posting.description, p_posting.metadata, p_posting.related_service_id,
        p_posting.payment_method, p_posting.external_reference, happened_at, p_at, new_transfer_hash);
    insert into ledger.entries (
        id, transfer_id, wallet_id, amount, balance_after, sequence, xid, created_at, category, hash)
    values
        (debit_id, transfer_id, payer, -amount, payer_balance, payer_count, null, p_at, debit_category, payer_hash),
        (
            credit_id, transfer_id, payee, amount, payee_balance, payee_count,
            case when not payee_is_person then pg_current_xact_id() end, p_at, credit_category, payee_hash);
    update ledger.wallets
    set balance = payer_balance, entry_count = payer_count, last_hash = payer_hash, counted_on = payer_day,
        spent_day = payer_spent_day, spent_month = payer_spent_month, reloaded_month = payer_reloaded, updated_at = p_at
    where id = payer;
    if payee_is_person then
        update ledger.wallets
        set balance = payee_balance, entry_count = payee_count, last_hash = payee_hash, counted_on = payee_day,
            spent_day = payee_spent_day, spent_month = payee_spent_month, reloaded_month = payee_reloaded,
            updated_at = p_at
        where id = payee;
    end if;

    outcome.replayed := false;
    outcome.transfer_id := transfer_id;
    outcome.created_at := p_at;
    outcome.entry_ids := entry_ids;
    outcome.wallet_ids := wallet_ids;
    outcome.amounts := amounts;
    outcome.balances := case
        when debit = 1 then array[payer_balance, payee_balance]
        else array[payee_balance, payer_balance]
    end;
    return outcome;
end
$$;

-- Posts a list: together, all or none, or each on its own. The outcomes stand in the postings' places; together, when
-- one is refused, only that one has an outcome. The transfers have the batch's id with their number for its last four
-- bytes (a counter as in RFC 9562, section 6.2, method 1), so that the same request asked again finds its own, and what
-- was refused of it is tried once more.
create or replace function ledger.post_all(
    p_batch_id uuid,
    p_postings ledger.posting[],
    p_together boolean,
    p_caller_id uuid,
    p_session_id uuid,
    p_session_epoch integer,
    p_operation text,
    p_key text,
    p_body_hash bytea,
    p_at timestamptz,
    p_zone text)
    returns ledger.posting_outcome[] language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    count constant integer := cardinality(p_postings);
    batch_id uuid := p_batch_id;
    claimed platform.claim;
    posting ledger.posting;
    postings ledger.posting[] := '{}';
    outcomes ledger.posting_outcome[];
    again ledger.posting[] := '{}';
    numbers integer[] := '{}';
    tried ledger.posting_outcome[];
begin
    if p_key is not null then
        claimed := platform.claim_key(p_caller_id, p_operation, p_key, p_body_hash, batch_id, p_at);
        if claimed.is_reused then
            return array_fill(ledger.replayed(claimed), array[case when p_together then 1 else count end]);
        elsif not claimed.is_new then
            batch_id := claimed.outcome_id;
            -- Two that ask again try again what was refused: one after the other.
            perform from platform.idempotency_keys k
            where k.caller_id = p_caller_id and k.operation = p_operation and k.key = p_key
            for no key update;
        end if;
    end if;

    for number in 1..count loop
        posting := p_postings[number];
        posting.transfer_id := encode(substring(uuid_send(batch_id) for 12) || int4send(number), 'hex')::uuid;
        postings := array_append(postings, posting);
    end loop;
    if claimed.is_new is not false then
        outcomes := ledger.post_judged(
            postings, p_together, p_caller_id, p_session_id, p_session_epoch, p_at, p_zone);
    else
        for number in 1..count loop
            outcomes[number] := ledger.posted_before(postings[number].transfer_id);
            if outcomes[number] is null then
                again := array_append(again, postings[number]);
                numbers := array_append(numbers, number);
            end if;
        end loop;
        if cardinality(again) > 0 then
            tried := ledger.post_judged(
                again, p_together, p_caller_id, p_session_id, p_session_epoch, p_at, p_zone);
        end if;
        for place in 1..cardinality(numbers) loop
            outcomes[numbers[place]] := tried[place];
        end loop;
    end if;
    if p_key is not null and not exists (select from unnest(outcomes) o where o.transfer_id is not null) then
        perform platform.give_key_back(p_caller_id, p_operation, p_key);
    end if;
    return outcomes;
end
$$;

-- Posts the opposite of a transfer's entries.
create or replace function ledger.post_opposite(
    p_transfer_id uuid, p_reversed ledger.transfers, p_reason text, p_caller_id uuid, p_session_id uuid,
    p_session_epoch integer, p_operation text, p_key text, p_body_hash bytea, p_at timestamptz, p_zone text)
    returns ledger.posting_outcome language plpgsql as $$
declare
    opposite ledger.posting;
begin
    select
        array_agg(ledger.derived_id(p_transfer_id, n.number)), array_agg(n.wallet_id), array_agg(-n.amount),
        array_agg(n.category)
    into opposite.entry_ids, opposite.wallet_ids, opposite.amounts, opposite.categories
    from (
        select e.*, (row_number() over (order by e.wallet_id))::integer as number
        from ledger.entries e
        where e.transfer_id = p_reversed.id) n;
    opposite.transfer_id := p_transfer_id;
    opposite.completes := false;
    opposite.caps := 'none';
    opposite.currency := p_reversed.currency;
    opposite.description := p_reason;
    opposite.related_service_id := p_reversed.related_service_id;
    opposite.payment_method := p_reversed.payment_method;
    opposite.reverses_id := p_reversed.id;
    return ledger.post(
        opposite, p_caller_id, p_session_id, p_session_epoch, p_operation, p_key, p_body_hash, p_at, p_zone);
end
$$;

-- Postings that several people ask for at the same moment are made by one statement, each as if it were alone: under the
-- key, in the session and by the right of its own asker.

create type ledger.asker as (
    caller_id uuid,
    session_id uuid,
    session_epoch integer,
    operation text,
    key text,
    body_hash bytea);

comment on type ledger.asker is
    'caller_id: whose token asks, with its session and epoch; null when Ecom itself does; operation, key: idempotency, '
    'with the hash of the body; a null key asks for none.';

-- What is wrong with a posting before any wallet is read, or nothing.
create or replace function ledger.shape_refusal(
    p_entry_ids uuid[], p_wallet_ids uuid[], p_amounts bigint[], p_categories ledger.category[])
    returns ledger.refusal language plpgsql immutable as $$
declare
    entries_max constant integer := 10000;
    amount_max constant bigint := 1000000000000;
    entries constant integer := coalesce(cardinality(p_wallet_ids), 0);
    total bigint := 0;
    amount bigint;
begin
    -- Most are a transfer from one wallet to another, and that nothing is wrong with it can be seen at a glance.
    if entries = 2 and cardinality(p_entry_ids) = 2 and cardinality(p_amounts) = 2 and cardinality(p_categories) = 2
        and p_wallet_ids[1] <> p_wallet_ids[2] and p_entry_ids[1] <> p_entry_ids[2]
        and p_amounts[1] between -amount_max and amount_max and p_amounts[2] between -amount_max and amount_max
        and p_amounts[1] <> 0 and p_amounts[1] + p_amounts[2] = 0
        and p_categories[1] is not null and p_categories[2] is not null then
        return null;
    end if;
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

-- The full judgement: one posting after the other, each by the wallets as those before it left them and by the session of
-- its asker, and all are written at the end. The outcomes stand in the postings' places. Together, the first refusal ends
-- it: nothing is written, and none but the refused one has an outcome. There is an asker for each posting, or one for all.
create function ledger.post_judged(
    p_postings ledger.posting[], p_askers ledger.asker[], p_together boolean, p_at timestamptz, p_zone text)
    returns ledger.posting_outcome[] language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
    today constant date := (p_at at time zone p_zone)::date;
    amount_max constant bigint := 1000000000000;
    asker_number integer;
    are_live boolean[];
    no_hold constant ledger.holds := null;
    outcomes ledger.posting_outcome[] := array_fill(null::ledger.posting_outcome, array[cardinality(p_postings)]);
    outcome ledger.posting_outcome;
    posting ledger.posting;
    shapes ledger.refusal[] := '{}';
    entry_ids uuid[];
    wallet_ids uuid[];
    amounts bigint[];
    categories ledger.category[];
    balances bigint[];
    -- The wallets in the order of their ids, each as the postings so far left it; one that there is not is null.
    known_ids uuid[];
    giving_ids uuid[];
    known ledger.wallets[];
    found_count integer := 0;
    -- What caps each of them.
    tiers ledger.tiers[] := '{}';
    tier ledger.tiers;
    places integer[];
    place integer;
    wallet ledger.wallets;
    hold ledger.holds;
    paying_hold ledger.holds;
    paying_entry integer;
    worst ledger.refused;
    reason ledger.refused;
    transfer_hash bytea;
    previous_hash bytea;
    sequence bigint;
    new_transfers ledger.transfers[] := '{}';
    new_entries ledger.entries[] := '{}';
    new_holds ledger.holds[] := '{}';
begin
    for number in 1..cardinality(p_postings) loop
        posting := p_postings[number];
        shapes[number] := ledger.shape_refusal(
            posting.entry_ids, posting.wallet_ids, posting.amounts, posting.categories);
        if shapes[number] is null then
            wallet_ids := wallet_ids || posting.wallet_ids;
            amounts := amounts || posting.amounts;
        end if;
    end loop;
    select array_agg(distinct l.id order by l.id), coalesce(array_agg(l.id) filter (where l.amount < 0), '{}')
    into known_ids, giving_ids
    from unnest(wallet_ids, amounts) l (id, amount);
    known := array_fill(null::ledger.wallets, array[coalesce(cardinality(known_ids), 0)]);
    -- Under lock, in id order: personal wallets, and an accumulating one with a floor when it gives.
    for wallet in
        select *
        from ledger.wallets w
        where w.id = any (known_ids)
            and (w.kind = 'personal' or (w.floor is not null and w.id = any (giving_ids)))
        order by w.id
        for no key update
    loop
        if wallet.counted_on < today then
            wallet := ledger.rolled(wallet, today);
        end if;
        if wallet.kind = 'accumulating' then
            wallet.balance := ledger.accumulated_balance(wallet.id);
        elsif wallet.tier is distinct from tier.tier then
            tier := ledger.tier_at(wallet.tier, p_at);
        end if;
        place := width_bucket(wallet.id, known_ids);
        known[place] := wallet;
        tiers[place] := tier;
        found_count := found_count + 1;
    end loop;
    -- Without any lock: the accumulating wallets, which are only added to.
    if found_count < cardinality(known_ids) then
        for wallet in
            select *
            from ledger.wallets w
            where w.id = any (known_ids)
                and w.kind = 'accumulating' and (w.floor is null or w.id <> all (giving_ids))
        loop
            known[width_bucket(wallet.id, known_ids)] := wallet;
        end loop;
    end if;

    -- As ledger.session_is_live says, and only now: whoever ends an asker's sessions may have held a wallet that this
    -- waited for.
    are_live := array(
        select a.caller_id is null
            or (exists (select from ledger.wallets w where w.id = a.caller_id and w.session_epoch = a.session_epoch)
                and not exists (select from ledger.revoked_sessions s where s.session_id = a.session_id))
        from unnest(p_askers) with ordinality a
        order by a.ordinality);

    for number in 1..cardinality(p_postings) loop
        posting := p_postings[number];
        worst := null;
        worst.refusal := shapes[number];
        if worst.refusal is null then
            entry_ids := posting.entry_ids;
            wallet_ids := posting.wallet_ids;
            amounts := posting.amounts;
            categories := posting.categories;
            places := '{}';
            paying_entry := 0;
            for entry in 1..cardinality(wallet_ids) loop
                place := width_bucket(wallet_ids[entry], known_ids);
                places[entry] := place;
                wallet := known[place];
                tier := tiers[place];
                -- Most may, and that can be seen at a glance.
                continue when wallet.kind = 'personal' and wallet.currency = posting.currency
                    and posting.caps in ('spending', 'none')
                    and case
                        when amounts[entry] > 0 then
                            wallet.status <> 'closed'
                            and wallet.balance + amounts[entry] <= least(tier.balance_max, amount_max)
                        else
                            wallet.status = 'active' and posting.hold_id is null
                            and wallet.balance - wallet.held - wallet.floor + amounts[entry] >= 0
                            and (posting.caps = 'none' or wallet.tier is null
                                or -amounts[entry] <= tier.single_max
                                and wallet.spent_day - amounts[entry] <= tier.daily_max
                                and wallet.spent_month - amounts[entry] <= tier.monthly_max)
                    end;
                if wallet.id is null then
                    reason := row('unknown_wallet', null, null, null, null)::ledger.refused;
                elsif wallet.kind = 'accumulating' and (wallet.floor is null or amounts[entry] > 0) then
                    reason := ledger.accumulating_refusal(wallet, amounts[entry], posting.currency);
                else
                    hold := no_hold;
                    if posting.hold_id is not null and amounts[entry] < 0 then
                        hold := ledger.paying_hold(posting.hold_id, wallet.id, new_holds);
                        if hold.id is not null then
                            paying_hold := hold;
                            paying_entry := entry;
                        end if;
                    end if;
                    reason := ledger.entry_refusal(
                        wallet, amounts[entry], posting.currency, posting.caps, hold, p_at);
                end if;
                if reason.refusal is not null then
                    worst := ledger.worse(worst, reason);
                end if;
            end loop;
            if posting.hold_id is not null and paying_entry = 0 then
                worst := ledger.worse(worst, row('unknown_hold', null, null, null, null)::ledger.refused);
            end if;
            if posting.completes and ledger.is_completed(entry_ids, new_entries) then
                worst := ledger.worse(worst, row('duplicate_entry', null, null, null, null)::ledger.refused);
            end if;
            -- One in the other: a condition with a query in it is a statement, whatever stands before "and".
            if posting.reverses_id is not null then
                if exists (select from ledger.transfers t where t.reverses_id = posting.reverses_id) then
                    worst := ledger.worse(worst, row('already_reversed', null, null, null, null)::ledger.refused);
                end if;
            end if;
            asker_number := least(number, cardinality(p_askers));
            if not are_live[asker_number] then
                worst := ledger.worse(
                    worst, row('session_revoked', p_askers[asker_number].caller_id, null, null, null)::ledger.refused);
            end if;
        end if;

        if worst.refusal is not null then
            if p_together then
                outcomes := array_fill(null::ledger.posting_outcome, array[cardinality(p_postings)]);
            end if;
            outcomes[number] := ledger.refused_posting(worst);
            exit when p_together;
            continue;
        end if;

        posting.effective_at := coalesce(posting.effective_at, p_at);
        transfer_hash := ledger.transfer_hash(
            posting.transfer_id, posting.currency, posting.description, posting.metadata, posting.related_service_id,
            posting.payment_method, posting.external_reference, posting.hold_id, posting.reverses_id,
            posting.effective_at, p_at);
        new_transfers := array_append(new_transfers, row(
            posting.transfer_id, posting.currency, posting.description, posting.metadata, posting.related_service_id,
            posting.payment_method, posting.external_reference, posting.hold_id, posting.reverses_id,
            posting.effective_at, p_at, transfer_hash, pg_current_xact_id())::ledger.transfers);
        balances := array_fill(null::bigint, array[cardinality(wallet_ids)]);
        for entry in 1..cardinality(wallet_ids) loop
            wallet := known[places[entry]];
            if wallet.kind = 'personal' then
                wallet.balance := wallet.balance + amounts[entry];
                wallet.entry_count := wallet.entry_count + 1;
                if entry = paying_entry then
                    wallet.held := wallet.held + amounts[entry];
                    if posting.hold_closes then
                        wallet := ledger.given_back(
                            wallet, paying_hold, paying_hold.amount - paying_hold.captured + amounts[entry]);
                    end if;
                elsif posting.caps = 'spending' and amounts[entry] < 0 then
                    wallet.spent_day := wallet.spent_day - amounts[entry];
                    wallet.spent_month := wallet.spent_month - amounts[entry];
                elsif posting.caps in ('reload', 'counted') and amounts[entry] > 0 then
                    wallet.reloaded_month := wallet.reloaded_month + amounts[entry];
                end if;
                balances[entry] := wallet.balance;
                sequence := wallet.entry_count;
                previous_hash := wallet.last_hash;
            else
                wallet.balance := wallet.balance + amounts[entry];
                sequence := null;
                previous_hash := null;
            end if;
            wallet.last_hash := ledger.entry_hash(
                previous_hash, transfer_hash, entry_ids[entry], wallet.id, amounts[entry], balances[entry], sequence,
                categories[entry], p_at);
            new_entries := array_append(new_entries, row(
                entry_ids[entry], posting.transfer_id, wallet.id, amounts[entry], balances[entry], sequence,
                case when sequence is null then pg_current_xact_id() end, p_at, categories[entry],
                wallet.last_hash)::ledger.entries);
            known[places[entry]] := wallet;
        end loop;
        if paying_entry > 0 then
            paying_hold.captured := paying_hold.captured - amounts[paying_entry];
            paying_hold.updated_at := p_at;
            if posting.hold_closes or paying_hold.captured = paying_hold.amount then
                paying_hold.status := 'captured';
            end if;
            new_holds := array(select h from unnest(new_holds) h where h.id <> paying_hold.id) || paying_hold;
        end if;

        outcome.replayed := false;
        outcome.transfer_id := posting.transfer_id;
        outcome.created_at := p_at;
        outcome.entry_ids := entry_ids;
        outcome.wallet_ids := wallet_ids;
        outcome.amounts := amounts;
        outcome.balances := balances;
        outcomes[number] := outcome;
    end loop;

    if p_together and worst.refusal is not null then
        return outcomes;
    end if;
    insert into ledger.transfers select * from unnest(new_transfers);
    insert into ledger.entries select * from unnest(new_entries);
    update ledger.wallets w
    set balance = n.balance, held = n.held, counted_on = n.counted_on, spent_day = n.spent_day,
        spent_month = n.spent_month, reloaded_month = n.reloaded_month, entry_count = n.entry_count,
        last_hash = n.last_hash, updated_at = p_at
    from unnest(known) n
    where w.id = n.id and n.kind = 'personal' and n.entry_count > w.entry_count;
    if new_holds <> '{}' then
        update ledger.holds h
        set captured = n.captured, status = n.status, updated_at = n.updated_at
        from unnest(new_holds) n
        where h.id = n.id;
    end if;
    return outcomes;
end
$$;

-- The judgement moves its wallets itself.
drop function ledger.moved;

-- The same for postings of one asker.
create or replace function ledger.post_judged(
    p_postings ledger.posting[], p_together boolean, p_caller_id uuid, p_session_id uuid, p_session_epoch integer,
    p_at timestamptz, p_zone text)
    returns ledger.posting_outcome[] language plpgsql as $$
begin
    return ledger.post_judged(
        p_postings, array[row(p_caller_id, p_session_id, p_session_epoch, null, null, null)::ledger.asker], p_together,
        p_at, p_zone);
end
$$;

-- Posts what several ask for, each on its own. The outcomes come in the order of the postings. No key may stand there
-- twice: the second is to wait for the first, which is a statement of its own.
create function ledger.post_gathered(
    p_postings ledger.posting[], p_askers ledger.asker[], p_at timestamptz, p_zone text)
    returns setof ledger.posting_outcome language plpgsql security definer set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan as $$
declare
    count constant integer := cardinality(p_postings);
    claimed_ids uuid[];
    posting ledger.posting;
    asker ledger.asker;
    outcomes ledger.posting_outcome[] := array_fill(null::ledger.posting_outcome, array[count]);
    postings ledger.posting[] := '{}';
    askers ledger.asker[] := '{}';
    numbers integer[] := '{}';
    judged ledger.posting_outcome[];
begin
    -- The keys first, and everybody claims them in one order, so that nobody waits for who waits for them.
    with claimed as (
        insert into platform.idempotency_keys (caller_id, operation, key, body_hash, outcome_id, created_at)
        select a.caller_id, a.operation, a.key, a.body_hash, a.transfer_id, p_at
        from rows from (unnest(p_postings), unnest(p_askers)) a
        where a.key is not null
        order by a.caller_id, a.operation, a.key
        on conflict do nothing
        returning outcome_id)
    select coalesce(array_agg(outcome_id), '{}') into claimed_ids from claimed;

    for number in 1..count loop
        posting := p_postings[number];
        asker := p_askers[number];
        if asker.key is null or posting.transfer_id = any (claimed_ids) then
            postings := array_append(postings, posting);
            askers := array_append(askers, asker);
            numbers := array_append(numbers, number);
        else
            outcomes[number] := ledger.replayed_posting(
                asker.caller_id, asker.operation, asker.key, asker.body_hash);
        end if;
    end loop;
    judged := ledger.post_judged(postings, askers, false, p_at, p_zone);
    for place in 1..cardinality(numbers) loop
        outcomes[numbers[place]] := judged[place];
        if (judged[place]).refusal is not null then
            -- A refusal is not stored: the same key may succeed later.
            asker := askers[place];
            perform platform.give_key_back(asker.caller_id, asker.operation, asker.key);
        end if;
    end loop;
    return query select * from unnest(outcomes);
end
$$;

grant execute on function ledger.post_gathered to ecom_wallet, ecom_payments, ecom_marketplace;

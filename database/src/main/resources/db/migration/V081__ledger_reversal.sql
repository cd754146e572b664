-- Undoes a transfer by another with the opposite entries. It names the one it undoes, and of those that name it there is
-- one at most, whoever writes them.

create unique index transfers_reversal on ledger.transfers (reverses_id) where reverses_id is not null;

comment on column ledger.transfers.reverses_id is 'The transfer that this one undoes: one alone may.';

-- An id of version 7 with the time of another one, and the rest made of it and a number: the same each time.
create function ledger.derived_id(p_id uuid, p_number integer) returns uuid
    language plpgsql immutable as $$
declare
    random bytea := substring(sha256(uuid_send(p_id) || int4send(p_number)) for 10);
begin
    random := set_byte(random, 0, get_byte(random, 0) & 15 | 112); -- version 7
    random := set_byte(random, 2, get_byte(random, 2) & 63 | 128); -- variant of RFC 9562
    return encode(substring(uuid_send(p_id) for 6) || random, 'hex')::uuid;
end
$$;

-- Why a transfer can't be undone, or nothing.
create function ledger.reversal_refusal(p_reversed ledger.transfers, p_live boolean) returns ledger.refusal
    language plpgsql stable as $$
begin
    if not p_live then
        return 'session_revoked';
    elsif p_reversed.id is null then
        return 'unknown_transfer';
    elsif exists (select from ledger.transfers t where t.reverses_id = p_reversed.id) then
        return 'already_reversed';
    elsif p_reversed.reverses_id is not null then
        return 'not_reversible';
    end if;
    return null;
end
$$;

-- Posts the opposite of a transfer's entries.
create function ledger.post_opposite(
    p_transfer_id uuid, p_reversed ledger.transfers, p_reason text, p_caller_id uuid, p_session_id uuid,
    p_session_epoch integer, p_operation text, p_key text, p_body_hash bytea, p_at timestamptz, p_zone text)
    returns ledger.posting_outcome language plpgsql as $$
declare
    outcome ledger.posting_outcome;
begin
    select p.* into outcome
    from (
        select
            array_agg(ledger.derived_id(p_transfer_id, n.number)) as entry_ids,
            array_agg(n.wallet_id) as wallet_ids,
            array_agg(-n.amount) as amounts,
            array_agg(n.category) as categories
        from (
            select e.*, (row_number() over (order by e.wallet_id))::integer as number
            from ledger.entries e
            where e.transfer_id = p_reversed.id) n) undone
    cross join lateral ledger.post(
        p_transfer_id => p_transfer_id,
        p_entry_ids => undone.entry_ids,
        p_wallet_ids => undone.wallet_ids,
        p_amounts => undone.amounts,
        p_categories => undone.categories,
        p_caps => 'none',
        p_currency => p_reversed.currency,
        p_description => p_reason,
        p_metadata => null,
        p_related_service_id => p_reversed.related_service_id,
        p_payment_method => p_reversed.payment_method,
        p_external_reference => null,
        p_hold_id => null,
        p_hold_closes => false,
        p_reverses_id => p_reversed.id,
        p_effective_at => p_at,
        p_caller_id => p_caller_id,
        p_session_id => p_session_id,
        p_session_epoch => p_session_epoch,
        p_operation => p_operation,
        p_key => p_key,
        p_body_hash => p_body_hash,
        p_at => p_at,
        p_zone => p_zone) p;
    return outcome;
end
$$;

-- Gives people's counters back what a transfer took from them, as far as it was in the day and the month they count.
-- What was captured had been counted when its hold was placed. Refunds and adjustments are no spending of anybody's.
create function ledger.uncount(p_transfer_id uuid, p_zone text) returns void
    language plpgsql as $$
begin
    update ledger.wallets w
    set spent_day = greatest(w.spent_day - case when c.day = w.counted_on then c.spent else 0 end, 0),
        spent_month = greatest(w.spent_month - c.spent, 0),
        reloaded_month = greatest(w.reloaded_month - c.reloaded, 0)
    from (
        select
            e.wallet_id,
            coalesce(h.counted_on, (t.created_at at time zone p_zone)::date) as day,
            case when e.amount < 0 and e.category not in ('refund', 'adjustment') then -e.amount else 0 end as spent,
            case when e.amount > 0 and e.category = 'recharge' then e.amount else 0 end as reloaded
        from ledger.transfers t
        join ledger.entries e on e.transfer_id = t.id
        left join ledger.holds h on h.id = t.hold_id and h.wallet_id = e.wallet_id
        where t.id = p_transfer_id) c
    where w.id = c.wallet_id and w.tier is not null and c.day >= ledger.month_start(w.counted_on);
end
$$;

-- Reverses a transfer, or says why not. No cap binds; whoever gives back must have it. The parameters mean what those of
-- ledger.post do; p_transfer_id is the new transfer's.
create function ledger.reverse(
    p_transfer_id uuid,
    p_reversed_id uuid,
    p_reason text,
    p_caller_id uuid,
    p_session_id uuid,
    p_session_epoch integer,
    p_operation text,
    p_key text,
    p_body_hash bytea,
    p_at timestamptz,
    p_zone text)
    returns ledger.posting_outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    reversed ledger.transfers;
    outcome ledger.posting_outcome;
    replay ledger.posting_outcome;
    raced ledger.refusal;
begin
    select * into reversed from ledger.transfers t where t.id = p_reversed_id;
    outcome.refusal := ledger.reversal_refusal(
        reversed, ledger.session_is_live(p_caller_id, p_session_id, p_session_epoch));
    if outcome.refusal is null then
        begin
            outcome := ledger.post_opposite(
                p_transfer_id, reversed, p_reason, p_caller_id, p_session_id, p_session_epoch, p_operation, p_key,
                p_body_hash, p_at, p_zone);
        exception when unique_violation then
            -- While this one waited for the wallets, another took the only place.
            outcome.refusal := ledger.reversal_refusal(reversed, true);
            if outcome.refusal is null then
                raise;
            end if;
        end;
    end if;

    if outcome.refusal is null then
        if not outcome.replayed then
            perform ledger.uncount(p_reversed_id, p_zone);
        end if;
        return outcome;
    end if;
    -- Refused, but perhaps because this very request has done it; or because another has, while this one waited.
    replay := ledger.replayed_posting(p_caller_id, p_operation, p_key, p_body_hash);
    if replay.replayed then
        return replay;
    end if;
    raced := ledger.reversal_refusal(reversed, true);
    if outcome.refusal <> 'session_revoked' and raced is not null then
        outcome := null;
        outcome.refusal := raced;
    end if;
    return outcome;
end
$$;

grant execute on function ledger.reverse to ecom_wallet;

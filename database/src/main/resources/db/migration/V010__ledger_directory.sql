-- People and their sessions, as far as the ledger knows them.

-- Opens a person's wallet, whose id is the person's, and enters them into the directory.
create function ledger.register_holder(
    p_user_id uuid, p_phone_hash bytea, p_display_name text, p_tier smallint, p_currency text, p_at timestamptz)
    returns void language sql security definer set search_path = pg_catalog, pg_temp
begin atomic
    insert into ledger.wallets (id, owner_id, purpose, kind, currency, tier, floor, created_at, updated_at)
    values (p_user_id, p_user_id, 'main', 'personal', p_currency, p_tier, 0, p_at, p_at);
    insert into ledger.holders (wallet_id, user_id, phone_hash, display_name, created_at, updated_at)
    values (p_user_id, p_user_id, p_phone_hash, p_display_name, p_at, p_at);
end;

-- Changes the name others see, and says whether there is such a person.
create function ledger.rename_holder(p_user_id uuid, p_display_name text, p_at timestamptz) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update ledger.holders set display_name = p_display_name, updated_at = p_at where user_id = p_user_id;
    return found;
end
$$;

create function ledger.revoke_session(p_session_id uuid, p_user_id uuid, p_at timestamptz) returns void
    language sql security definer set search_path = pg_catalog, pg_temp
begin atomic
    insert into ledger.revoked_sessions (session_id, user_id, revoked_at)
    values (p_session_id, p_user_id, p_at)
    on conflict do nothing;
end;

-- Ends every session of a person at once. Answers the new epoch, or null when there is no such person.
create function ledger.raise_session_epoch(p_user_id uuid, p_at timestamptz) returns integer
    language sql security definer set search_path = pg_catalog, pg_temp
begin atomic
    update ledger.wallets
    set session_epoch = session_epoch + 1, updated_at = p_at
    where id = p_user_id and kind = 'personal'
    returning session_epoch;
end;

-- Forgets revocations older than any token they could stop, and says how many.
create function ledger.forget_revoked_sessions(p_before timestamptz, p_count_max integer) returns bigint
    language sql security definer set search_path = pg_catalog, pg_temp
begin atomic
    with forgotten as (
        delete from ledger.revoked_sessions
        where session_id in (
            select session_id
            from ledger.revoked_sessions
            where revoked_at < p_before
            order by revoked_at
            limit p_count_max)
        returning 1)
    select count(*) from forgotten;
end;

-- Freezes, unfreezes or closes a wallet; it closes only at zero with nothing held. Says whether it did.
create function ledger.set_wallet_status(p_wallet_id uuid, p_status ledger.wallet_status, p_at timestamptz)
    returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update ledger.wallets
    set status = p_status, updated_at = p_at
    where id = p_wallet_id and status <> 'closed'
        and (p_status <> 'closed' or (kind = 'personal' and balance = 0 and held = 0));
    return found;
end
$$;

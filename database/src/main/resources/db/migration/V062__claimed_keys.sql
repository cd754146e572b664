-- What became of the wish to claim an idempotency key.
create type platform.claim as (is_new boolean, is_reused boolean, outcome_id uuid);

comment on type platform.claim is
    'is_new: nobody had it, and it is the caller''s once the transaction commits; is_reused: it was used with another '
    'body; outcome_id: what it made, or will make.';

-- Claims a key for what is about to be made. Whoever else claims it waits here until this transaction has ended.
create function platform.claim_key(
    p_caller_id uuid, p_operation text, p_key text, p_body_hash bytea, p_outcome_id uuid, p_at timestamptz)
    returns platform.claim language plpgsql as $$
declare
    before platform.idempotency_keys;
begin
    insert into platform.idempotency_keys (caller_id, operation, key, body_hash, outcome_id, created_at)
    values (p_caller_id, p_operation, p_key, p_body_hash, p_outcome_id, p_at)
    on conflict do nothing;
    if found then
        return row(true, false, p_outcome_id)::platform.claim;
    end if;
    select * into before
    from platform.idempotency_keys k
    where k.caller_id = p_caller_id and k.operation = p_operation and k.key = p_key;
    return row(false, before.body_hash <> p_body_hash, before.outcome_id)::platform.claim;
end
$$;

-- Gives a key back, since what it was claimed for was refused: the same key may succeed later.
create function platform.give_key_back(p_caller_id uuid, p_operation text, p_key text) returns void
    language sql
begin atomic
    delete from platform.idempotency_keys
    where caller_id = p_caller_id and operation = p_operation and key = p_key;
end;

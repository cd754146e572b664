-- What a caller's key made, so that the same request asked again gets the same answer. The row commits with its effect.
create table platform.idempotency_keys (
    caller_id uuid not null,
    operation text not null,
    key text not null,
    body_hash bytea not null,
    outcome_id uuid not null,
    created_at timestamptz not null,
    primary key (caller_id, operation, key)
);

comment on column platform.idempotency_keys.outcome_id is
    'Id of what the request made (a transfer, a hold, a user): the answer is rendered from it.';

-- Only the job that deletes old keys reads by time, in bulk, and a BRIN index costs an insert next to nothing.
create index idempotency_keys_created_at on platform.idempotency_keys
    using brin (created_at) with (pages_per_range = 16, autosummarize = on);

grant select, insert, delete on platform.idempotency_keys to ecom_auth, ecom_wallet;

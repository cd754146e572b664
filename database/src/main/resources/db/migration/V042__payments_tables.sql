-- What people ask operators to move, what became of it, and what operators told.

create type payments.status as enum ('pending', 'succeeded', 'failed', 'expired', 'review');
create type payments.purpose as enum ('recharge');

create table payments.payments (
    id uuid primary key,
    wallet_id uuid not null references ledger.wallets (id),
    user_id uuid not null,
    amount bigint not null check (amount between 1 and 1000000000000),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    method ledger.payment_method not null check (method <> 'wallet'),
    operator_wallet_id uuid not null,
    purpose payments.purpose not null,
    phone_encrypted bytea not null,
    phone_hash bytea not null,
    operator_reference text,
    status payments.status not null default 'pending',
    reason text,
    version bigint not null default 1,
    after_sequence bigint not null,
    question_number integer not null default 0,
    next_question_at timestamptz,
    expires_at timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check (status <> 'review' or reason is not null)
);

comment on column payments.payments.id is 'Also the id of the ledger''s entry that completes it.';
comment on column payments.payments.operator_wallet_id is 'The float at the operator, from which the ledger pays.';
comment on column payments.payments.phone_hash is 'Keyed hash of the phone that pays, to count by.';
comment on column payments.payments.operator_reference is 'The operator''s own name for it.';
comment on column payments.payments.version is 'Number of its newest event: an event carries it out.';
comment on column payments.payments.after_sequence is
    'Entries that the wallet had when it began: its place in the wallet''s list, before the entry after them.';
comment on column payments.payments.question_number is 'Questions put to the operator on schedule so far.';
comment on column payments.payments.next_question_at is 'When the next is due; null when nobody asks any more.';

create index payments_pending_by_wallet on payments.payments (wallet_id) include (amount) where status = 'pending';
create index payments_listed on payments.payments (wallet_id, after_sequence, id) where status <> 'succeeded';
create index payments_due on payments.payments (next_question_at) where next_question_at is not null;
-- One debit at the operator pays one payment.
create unique index payments_operator_reference on payments.payments (method, operator_reference)
    where operator_reference is not null;

create table payments.payment_events (
    id uuid primary key,
    payment_id uuid not null references payments.payments (id),
    sequence bigint not null,
    kind text not null,
    operator_word text,
    detail jsonb,
    at timestamptz not null,
    unique (payment_id, sequence)
);

comment on column payments.payment_events.kind is 'begun, asked, or the status that it came to.';
comment on column payments.payment_events.operator_word is 'What the operator said, in its own word.';

-- What anybody sent to an operator's webhook, as it came. It holds phones, so it is encrypted.
create table payments.webhooks (
    id uuid primary key,
    operator ledger.payment_method not null,
    payment_id uuid,
    headers jsonb not null,
    body_encrypted bytea not null,
    received_at timestamptz not null
);

comment on column payments.webhooks.payment_id is 'The payment that it names, whether there is such a one or not.';

create index webhooks_received_at on payments.webhooks (received_at);

create function payments.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'payments.% is append-only: what happened since is another event', tg_table_name
        using errcode = 'restrict_violation';
end
$$;

create trigger append_only before update or delete or truncate on payments.payment_events
    for each statement execute function payments.refuse_change();

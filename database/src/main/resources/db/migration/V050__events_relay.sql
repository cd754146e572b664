-- What happened, for whoever relays it: a domain of its own, which reads what others have written and remembers how far
-- it came.
do $$
declare
    domain_role text;
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ecom_events') then
        create role ecom_events login;
    end if;
    -- Only Amazon RDS has this role; its members log in with an IAM token instead of a password.
    if exists (select from pg_catalog.pg_roles where rolname = 'rds_iam') then
        grant rds_iam to ecom_events;
    end if;
    foreach domain_role in array array['ecom_payments', 'ecom_events'] loop
        execute format('alter role %I set lock_timeout = %L', domain_role, '10s');
        execute format('alter role %I set idle_in_transaction_session_timeout = %L', domain_role, '15s');
    end loop;
end
$$;

create schema events;

-- The order in which transactions began, which is not that in which they end: see events.happened.
create index transfers_xid on ledger.transfers (xid);

-- Every transfer is an event by itself. Of one with very many entries, who wants to know asks.
create view ledger.transfer_events as
select
    t.id, t.xid, t.created_at,
    jsonb_build_object(
        'transfer_id', t.id, 'currency', t.currency, 'payment_method', t.payment_method,
        'description', t.description, 'external_reference', t.external_reference,
        'related_service_id', t.related_service_id, 'reverses_id', t.reverses_id, 'hold_id', t.hold_id,
        'entries', (
            select case when count(*) <= 250 then jsonb_agg(
                jsonb_build_object(
                    'entry_id', e.id, 'wallet_id', e.wallet_id, 'owner_id', w.owner_id, 'amount', e.amount,
                    'category', e.category)
                order by e.id) end
            from ledger.entries e
            join ledger.wallets w on w.id = e.wallet_id
            where e.transfer_id = t.id))
        as data
from ledger.transfers t;

-- SNS and SQS carry 256 KiB, and ten of these at once.
alter table platform.outbox add constraint outbox_payload_is_small check (octet_length(payload::text) <= 16384);

-- All that happened. Who reads it in the order of (xid, id), and only what is below pg_snapshot_xmin, where every
-- transaction has ended, misses nothing that commits later.
create view events.happened as
select o.xid, o.id, o.type, o.subject_id, o.subject_version, o.occurred_at, o.payload as data
from platform.outbox o
union all
select t.xid, t.id, 'transfer.posted', t.id, 1, t.created_at, t.data
from ledger.transfer_events t;

-- How far the relay came, and which run of it is at work: one that is not ends.
create table events.relay (
    is_the_one boolean primary key default true check (is_the_one),
    xid xid8 not null,
    event_id uuid not null,
    run uuid,
    updated_at timestamptz
);

insert into events.relay (xid, event_id) values ('0', '00000000-0000-0000-0000-000000000000');

create index parked_tasks_owed on platform.parked_tasks (updated_at) where token is not null and outcome is not null;

create index consumed_messages_by_time on platform.consumed_messages (consumed_at);

grant usage on schema events, platform to ecom_events;
grant select on events.happened to ecom_events;
grant select, update on events.relay to ecom_events;
grant select, delete on platform.outbox, platform.saga_starts, platform.parked_tasks, platform.consumed_messages
    to ecom_events;

-- What crosses from one function to another, and survives any of them: events, sagas to be started, tasks that wait.

-- An event, written in the transaction of its cause. Never updated; deleted when it has long served.
create table platform.outbox (
    id uuid primary key,
    type text not null,
    subject_id uuid not null,
    subject_version bigint not null,
    payload jsonb not null,
    occurred_at timestamptz not null,
    xid xid8 not null default pg_current_xact_id()
);

create index outbox_xid on platform.outbox (xid);

comment on column platform.outbox.xid is 'Who relays events reads them behind pg_snapshot_xmin.';

-- A row is a start that is still owed.
create table platform.saga_starts (
    name text not null,
    state_machine text not null,
    input jsonb not null,
    created_at timestamptz not null,
    primary key (state_machine, name)
);

-- Where a parked task and its news meet: whoever is second wakes the task.
create table platform.parked_tasks (
    subject_id uuid not null,
    wait text not null,
    token text,
    outcome jsonb,
    error text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (subject_id, wait)
);

comment on column platform.parked_tasks.outcome is 'What the task ends with; the cause, where error names a failure.';

-- What a consumer of a queue has done.
create table platform.consumed_messages (
    consumer text not null,
    message_id text not null,
    consumed_at timestamptz not null,
    primary key (consumer, message_id)
);

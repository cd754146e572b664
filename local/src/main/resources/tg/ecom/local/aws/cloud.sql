create schema if not exists cloud;

create table if not exists cloud.secrets (
    arn text primary key,
    name text not null unique,
    description text,
    key_id text,
    rotation_function text,
    rotation_days integer,
    rotated_at timestamptz,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    deletion_at timestamptz
);

-- A version without a value is one that a rotation has begun and not yet filled.
create table if not exists cloud.secret_versions (
    arn text not null references cloud.secrets on delete cascade,
    version_id text not null,
    secret_string text,
    secret_binary bytea,
    created_at timestamptz not null,
    primary key (arn, version_id)
);

create table if not exists cloud.secret_stages (
    arn text not null,
    stage text not null,
    version_id text not null,
    primary key (arn, stage),
    foreign key (arn, version_id) references cloud.secret_versions on delete cascade
);

create table if not exists cloud.encryption_keys (
    id uuid primary key,
    description text not null,
    material bytea not null,
    enabled boolean not null,
    created_at timestamptz not null,
    deletion_at timestamptz
);

create table if not exists cloud.encryption_key_aliases (
    name text primary key,
    key_id uuid not null references cloud.encryption_keys on delete cascade,
    created_at timestamptz not null
);

create table if not exists cloud.sms (
    id bigint generated always as identity primary key,
    message_id uuid not null,
    phone text not null,
    text text not null,
    sent_at timestamptz not null
);

create index if not exists sms_by_phone on cloud.sms (phone, id desc);

create table if not exists cloud.emails (
    id bigint generated always as identity primary key,
    message_id uuid not null,
    sender text not null,
    recipients text[] not null,
    subject text not null,
    text text,
    html text,
    sent_at timestamptz not null
);

create table if not exists cloud.topics (
    arn text primary key,
    created_at timestamptz not null
);

create table if not exists cloud.subscriptions (
    arn text primary key,
    topic_arn text not null references cloud.topics on delete cascade,
    protocol text not null,
    endpoint text not null,
    raw_delivery boolean not null,
    created_at timestamptz not null,
    unique (topic_arn, protocol, endpoint)
);

alter table cloud.subscriptions add column if not exists filter_policy text;

-- What a topic owes to a subscriber; gone once it is delivered.
create table if not exists cloud.topic_deliveries (
    id bigint generated always as identity primary key,
    subscription_arn text not null references cloud.subscriptions on delete cascade,
    message text not null,
    attempts integer not null default 0,
    due_at timestamptz not null,
    published_at timestamptz not null
);

create index if not exists topic_deliveries_by_due_at on cloud.topic_deliveries (due_at);

-- The definition is kept as the client wrote it; due_at is null when nothing more is to come.
create table if not exists cloud.schedules (
    group_name text not null,
    name text not null,
    definition text not null,
    enabled boolean not null,
    due_at timestamptz,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    primary key (group_name, name)
);

create index if not exists schedules_by_due_at on cloud.schedules (due_at) where enabled;

-- One row: how far the clock was moved forward.
create table if not exists cloud.clock (
    only_row boolean primary key default true check (only_row),
    offset_s bigint not null
);

-- The books of the simulated payment operators.
create schema if not exists operators;

-- The phone is empty for everybody who has no scenario of their own.
create table if not exists operators.scenarios (
    operator text not null,
    phone text not null,
    scenario text not null,
    primary key (operator, phone)
);

create table if not exists operators.payments (
    operator text not null,
    reference text not null,
    operator_reference text not null,
    order_reference text not null,
    phone text not null,
    amount bigint not null,
    scenario text not null,
    registered_at timestamptz not null,
    primary key (operator, reference)
);

alter table operators.payments add column if not exists webhooks_taken integer not null default 0;

create index if not exists payments_by_registered_at on operators.payments (operator, registered_at desc);

-- Webhooks that are owed; gone once they are taken.
create table if not exists operators.notices (
    id bigint generated always as identity primary key,
    operator text not null,
    body text not null,
    attempts integer not null default 0,
    due_at timestamptz not null
);

alter table operators.notices add column if not exists reference text;

create index if not exists notices_by_due_at on operators.notices (operator, due_at);

-- How often a call with a reference was answered with an error on purpose.
create table if not exists operators.failures (
    operator text not null,
    reference text not null,
    call text not null,
    count integer not null,
    primary key (operator, reference, call)
);

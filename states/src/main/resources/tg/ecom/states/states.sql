-- What state machines and executions are kept in. Texts hold JSON as it was given: jsonb would reorder and refuse some.
create schema if not exists states;

create table if not exists states.machines (
    arn text primary key,
    name text not null unique,
    revision text not null,
    created_at timestamptz not null
);

-- An execution runs to its end with the definition that it began with.
create table if not exists states.revisions (
    id text primary key,
    machine_arn text not null,
    definition text not null,
    role_arn text not null,
    created_at timestamptz not null
);

create table if not exists states.executions (
    id bigint generated always as identity primary key,
    arn text not null unique,
    machine_arn text not null,
    machine_name text not null,
    name text not null,
    revision text not null,
    role_arn text not null,
    status text not null,
    input text not null,
    output text,
    error text,
    cause text,
    started_at timestamptz not null,
    stopped_at timestamptz,
    snapshot text
);

create index if not exists executions_by_machine on states.executions (machine_arn, id);
create index if not exists executions_running on states.executions (id) where status = 'RUNNING';

create table if not exists states.events (
    execution_id bigint not null,
    id bigint not null,
    previous_id bigint not null,
    at timestamptz not null,
    type text not null,
    details text not null,
    primary key (execution_id, id)
);

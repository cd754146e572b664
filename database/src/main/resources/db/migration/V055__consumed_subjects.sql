-- The newest version of each subject that a consumer of events was told of: what comes after it and is older is
-- passed over. A row has served when no older event can be in a queue any more, which keeps messages for 14 days.
create table platform.consumed_subjects (
    consumer text not null,
    subject_id uuid not null,
    subject_version bigint not null,
    consumed_at timestamptz not null,
    primary key (consumer, subject_id)
);

create index consumed_subjects_by_time on platform.consumed_subjects (consumed_at);

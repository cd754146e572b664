-- Who else has to reach people is told of them by events, which carry the person's version.
alter table auth.users add column version bigint not null default 1;

comment on column auth.users.version is 'Raised by each change: consumers of events ignore older ones.';

grant insert on platform.outbox to ecom_auth;

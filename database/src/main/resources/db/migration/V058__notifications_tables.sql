-- What people were told, and how to reach them.

create type notifications.kind as enum ('recharge_late', 'recharge_failed', 'recharge_expired', 'recharge_review');

create type notifications.sms_status as enum ('due', 'sending', 'sent', 'unreachable', 'outdated', 'capped');

comment on type notifications.sms_status is
    'due; sending (asked of SNS, and nobody wrote down what it answered: it may have been sent, and is not sent again); '
    'sent; unreachable (that phone takes none); outdated (something newer was told of the same thing first); capped '
    '(the person had enough that day).';

-- How to reach a person, as auth tells it by events: the phone as it came, encrypted.
create table notifications.contacts (
    user_id uuid primary key,
    phone_encrypted bytea not null,
    language text not null check (language in ('fr', 'en')),
    updated_at timestamptz not null
);

create table notifications.notifications (
    id uuid primary key,
    user_id uuid not null,
    kind notifications.kind not null,
    recharge_id uuid not null,
    amount bigint not null check (amount between 1 and 1000000000000),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    event_id uuid not null unique,
    sms_status notifications.sms_status not null,
    sms_at timestamptz,
    read_at timestamptz,
    created_at timestamptz not null
);

comment on column notifications.notifications.event_id is 'The event that caused it.';
comment on column notifications.notifications.sms_at is 'When the status was last changed.';

create index notifications_listed on notifications.notifications (user_id, id);
create index notifications_by_user_and_time on notifications.notifications (user_id, created_at);
create index notifications_by_recharge on notifications.notifications (recharge_id, created_at);

grant select, insert, update on notifications.contacts to ecom_notifications;
grant select, insert, update on notifications.notifications to ecom_notifications;

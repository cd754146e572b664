-- What people are told: a domain of its own, with a log-in role of its own.
do $$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ecom_notifications') then
        create role ecom_notifications login;
    end if;
    -- Only Amazon RDS has this role; its members log in with an IAM token instead of a password.
    if exists (select from pg_catalog.pg_roles where rolname = 'rds_iam') then
        grant rds_iam to ecom_notifications;
    end if;
end
$$;

-- As for the domains before it: a function that hangs holds no lock for longer than its caller waits.
alter role ecom_notifications set lock_timeout = '10s';
alter role ecom_notifications set idle_in_transaction_session_timeout = '15s';

create schema notifications;

grant usage on schema notifications, platform to ecom_notifications;
grant select, insert on platform.consumed_messages to ecom_notifications;
grant select, insert, update on platform.consumed_subjects to ecom_notifications;

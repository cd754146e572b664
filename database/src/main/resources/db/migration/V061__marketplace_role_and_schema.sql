-- Stores, what they sell, and orders: a domain of its own, with a log-in role of its own.
do $$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ecom_marketplace') then
        create role ecom_marketplace login;
    end if;
    -- Only Amazon RDS has this role; its members log in with an IAM token instead of a password.
    if exists (select from pg_catalog.pg_roles where rolname = 'rds_iam') then
        grant rds_iam to ecom_marketplace;
    end if;
end
$$;

-- As for the domains before it: a function that hangs holds no lock for longer than its caller waits.
alter role ecom_marketplace set lock_timeout = '10s';
alter role ecom_marketplace set idle_in_transaction_session_timeout = '15s';

create schema marketplace;

grant usage on schema marketplace, platform, ledger to ecom_marketplace;

-- What comes with PostgreSQL and is not in its core: a schema of their own, so that they can be named in full.
create schema extensions;
create extension pg_trgm schema extensions;
create extension unaccent schema extensions;

grant usage on schema extensions to ecom_marketplace;
grant execute on all functions in schema extensions to ecom_marketplace;

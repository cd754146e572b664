-- One schema and one log-in role a domain. Roles belong to the server, not to the database, so another database of the
-- same server may have made them already.
do $$
declare
    domain_role text;
begin
    foreach domain_role in array array['ecom_auth', 'ecom_wallet'] loop
        if not exists (select from pg_catalog.pg_roles where rolname = domain_role) then
            execute format('create role %I login', domain_role);
        end if;
        -- Only Amazon RDS has this role; its members log in with an IAM token instead of a password.
        if exists (select from pg_catalog.pg_roles where rolname = 'rds_iam') then
            execute format('grant rds_iam to %I', domain_role);
        end if;
    end loop;
end
$$;

-- What a migration creates is nobody's to call until it is granted.
alter default privileges revoke execute on functions from public;

create schema platform;
create schema ledger;
create schema auth;

grant usage on schema platform to ecom_auth, ecom_wallet;
grant usage on schema ledger to ecom_auth, ecom_wallet;
grant usage on schema auth to ecom_auth;

-- Money that comes in from operators and goes out to them: a domain of its own, with a log-in role of its own.
do $$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ecom_payments') then
        create role ecom_payments login;
    end if;
    -- Only Amazon RDS has this role; its members log in with an IAM token instead of a password.
    if exists (select from pg_catalog.pg_roles where rolname = 'rds_iam') then
        grant rds_iam to ecom_payments;
    end if;
end
$$;

create schema payments;

grant usage on schema payments, platform, ledger to ecom_payments;

-- A value added to a type can be used from the next transaction on, so it stands in a migration before its users.
alter type ledger.caps add value 'counted' after 'reload';

comment on type ledger.caps is
    'Which caps bind a posting: spending (what people send counts, what they receive meets their balance cap), reload '
    '(what they receive meets their balance cap and counts as a reload), counted (it counts as a reload and is not '
    'refused: it met the caps when the payment began) or none (captures, refunds).';

-- A function that hangs or is frozen by Lambda holds no lock for longer than its caller waits. Set with the roles, so
-- that no session has to say SET, which would pin it to one connection of the proxy.
do $$
declare
    domain_role text;
begin
    foreach domain_role in array array['ecom_auth', 'ecom_wallet'] loop
        execute format('alter role %I set lock_timeout = %L', domain_role, '10s');
        execute format('alter role %I set idle_in_transaction_session_timeout = %L', domain_role, '15s');
    end loop;
end
$$;

-- What an order must not be able to do: fill a wallet past its caps by a payment that is given back, keep more unpaid
-- goods than may be by orders in the same instant, ring at a store without end, or fail to give its goods back.

-- Goods that come back find room whatever the owner has counted meanwhile: the API's bound is the owner's alone.
alter table marketplace.products
    drop constraint products_stock_quantity_check,
    add constraint products_stock_quantity_check check (stock_quantity >= 0);

create index orders_by_operator_open on marketplace.orders (customer_id)
    where payment_id is not null and status not in ('delivered', 'cancelled');

-- Places an order, or says why not. The parameters of the caller, the key, the time and the zone mean what those of
-- ledger.post do. Locks are taken in one order by everybody: products by id, then wallets.
--   p_unit_prices   what the customer saw, product by product; null where they didn't say
--   p_hold_id       the hold to place on the customer's wallet, or null when an operator is to be asked
--   p_payment_id    the operator's payment, or null
create or replace function marketplace.place(
    p_order_id uuid,
    p_event_id uuid,
    p_order_number text,
    p_customer_id uuid,
    p_store_id uuid,
    p_item_ids uuid[],
    p_product_ids uuid[],
    p_quantities integer[],
    p_unit_prices bigint[],
    p_delivery_address text,
    p_longitude double precision,
    p_latitude double precision,
    p_special_instructions text,
    p_method ledger.payment_method,
    p_hold_id uuid,
    p_hold_expires_at timestamptz,
    p_payment_id uuid,
    p_due_at timestamptz,
    p_currency text,
    p_state_machine text,
    p_saga_input jsonb,
    p_session_id uuid,
    p_session_epoch integer,
    p_operation text,
    p_key text,
    p_body_hash bytea,
    p_at timestamptz,
    p_zone text)
    returns marketplace.place_outcome language plpgsql security definer set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan as $$
declare
    amount_max constant bigint := 1000000000000;
    -- Each keeps goods from others until its operator says yes or no.
    unpaid_max constant integer := 3;
    -- Each rings at a store and costs a text message.
    cancelled_max constant integer := 10;
    cancelled_during constant interval := '1 hour';
    delivers constant boolean := p_delivery_address is not null;
    outcome marketplace.place_outcome;
    claimed platform.claim;
    store marketplace.stores;
    held ledger.hold_outcome;
    goods bigint;
    fee bigint;
    rate integer;
    wallet ledger.wallets;
    refused ledger.refused;
    unpaid integer;
    promised bigint;
begin
    claimed := platform.claim_key(p_customer_id, p_operation, p_key, p_body_hash, p_order_id, p_at);
    if claimed.is_reused then
        outcome.refusal := 'idempotency_key_reused';
        return outcome;
    elsif not claimed.is_new then
        return marketplace.placed_order(claimed.outcome_id, true);
    end if;

    select * into store from marketplace.stores s where s.id = p_store_id;
    perform p.id
    from marketplace.products p
    where p.id = any (p_product_ids)
    order by p.id
    for no key update;
    outcome.details := marketplace.line_faults(p_store_id, p_product_ids, p_quantities, p_unit_prices);
    select sum(p.price * l.quantity) into goods
    from unnest(p_product_ids, p_quantities) l (product_id, quantity)
    join marketplace.products p on p.id = l.product_id;
    fee := case when delivers then store.delivery_fee else 0 end;

    if not ledger.session_is_live(p_customer_id, p_session_id, p_session_epoch) then
        outcome.refusal := 'session_revoked';
    elsif marketplace.store_fault(store, null, p_at, p_zone) is not null then
        outcome.details := marketplace.store_fault(store, null, p_at, p_zone);
        outcome.problem := outcome.details ->> 'code';
    elsif outcome.details is not null then
        outcome.problem := outcome.details -> 0 ->> 'code';
    elsif marketplace.store_fault(store, goods, p_at, p_zone) is not null then
        outcome.details := marketplace.store_fault(store, goods, p_at, p_zone);
        outcome.problem := outcome.details ->> 'code';
    elsif goods + fee > amount_max then
        outcome.refusal := 'invalid_amount';
    elsif (
        select count(*) >= cancelled_max
        from (
            select o.reason, o.placed_at
            from marketplace.orders o
            where o.customer_id = p_customer_id
            order by o.id desc
            limit 2 * cancelled_max) newest
        where newest.reason = 'cancelled_by_client' and newest.placed_at > p_at - cancelled_during) then
        outcome.problem := 'too_many_cancelled';
    elsif p_payment_id is not null then
        -- Whoever else orders for the same customer waits here, and is counted.
        select * into wallet from ledger.wallets w where w.id = p_customer_id and w.kind = 'personal' for no key update;
        select count(*) filter (where o.payment_status = 'pending'), coalesce(sum(o.total_amount), 0)
        into unpaid, promised
        from marketplace.orders o
        where o.customer_id = p_customer_id and o.payment_id is not null and o.status not in ('delivered', 'cancelled');
        -- Should the order come to nothing, its money is a reload of the wallet, and has to find room there.
        refused := ledger.credit_refusal(
            ledger.rolled(wallet, (p_at at time zone p_zone)::date), promised + goods + fee, 'reload', p_at);
        if unpaid >= unpaid_max then
            outcome.problem := 'too_many_unpaid';
        end if;
        outcome.refusal := case when outcome.problem is null then refused.refusal end;
        outcome.refused_wallet_id := refused.wallet_id;
        outcome.cap := refused.cap;
        outcome.cap_amount := refused.cap_amount;
        outcome.remaining := refused.remaining;
    elsif p_hold_id is not null then
        held := ledger.hold(
            p_hold_id, p_customer_id, goods + fee, 'shopping', p_order_id, p_hold_expires_at, p_currency, null, null,
            null, null, null, null, p_at, p_zone);
        outcome.refusal := held.refusal;
        outcome.refused_wallet_id := held.refused_wallet_id;
        outcome.cap := held.cap;
        outcome.cap_amount := held.cap_amount;
        outcome.remaining := held.remaining;
    end if;
    if outcome.problem is not null or outcome.refusal is not null then
        perform platform.give_key_back(p_customer_id, p_operation, p_key);
        return outcome;
    end if;

    update marketplace.products p
    set stock_quantity = p.stock_quantity - l.quantity, updated_at = p_at
    from unnest(p_product_ids, p_quantities) l (product_id, quantity)
    where p.id = l.product_id;
    select c.basis_points into rate
    from marketplace.commission_rates c
    where c.category in (store.category, '') and c.valid_from <= p_at
    order by c.category desc, c.valid_from desc
    limit 1;
    insert into marketplace.orders (
        id, customer_id, store_id, order_number, subtotal, delivery_fee, total_amount, commission, currency,
        payment_method, payment_status, hold_id, payment_id, delivery_address, delivery_location,
        special_instructions, estimated_delivery, due_at, placed_at, created_at, updated_at)
    values (
        p_order_id, p_customer_id, p_store_id, p_order_number, goods, fee, goods + fee, goods * rate / 10000,
        p_currency, p_method, case when p_hold_id is null then 'pending' else 'paid' end::marketplace.payment_status,
        p_hold_id, p_payment_id, p_delivery_address,
        case when delivers then point(p_longitude, p_latitude) end, p_special_instructions,
        p_at + interval '1 minute' * store.delivery_time_max, p_due_at, p_at, p_at, p_at);
    insert into marketplace.order_items (id, order_id, product_id, name, quantity, unit_price, total_price, created_at)
    select l.item_id, p_order_id, p.id, p.name, l.quantity, p.price, p.price * l.quantity, p_at
    from unnest(p_item_ids, p_product_ids, p_quantities) l (item_id, product_id, quantity)
    join marketplace.products p on p.id = l.product_id;
    insert into marketplace.order_events (id, order_id, sequence, status, action, party, actor_id, at)
    values (p_event_id, p_order_id, 1, 'pending', 'place', 'client', p_customer_id, p_at);
    if p_payment_id is not null then
        perform ledger.open_escrow(p_order_id, p_currency, p_at);
    else
        insert into platform.outbox (id, type, subject_id, subject_version, payload, occurred_at)
        values (p_event_id, 'order.placed', p_order_id, 1, marketplace.order_news(p_order_id), p_at);
    end if;
    insert into platform.saga_starts (name, state_machine, input, created_at)
    values (
        p_order_id::text, p_state_machine,
        case
            when p_payment_id is null then p_saga_input
            else jsonb_set(p_saga_input, '{charge,amount}', to_jsonb(goods + fee))
        end,
        p_at);
    return marketplace.placed_order(p_order_id, false);
end
$$;

grant select on ledger.revoked_sessions to ecom_marketplace;
grant execute on function ledger.session_is_live to ecom_marketplace;

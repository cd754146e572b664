-- Placing an order is one statement, as one posting is: the idempotency key, the stock of all lines, the money promised,
-- the order with its lines and first event, and the start of its saga, which is owed from then on.

create type marketplace.place_outcome as (
    problem text,
    details jsonb,
    refusal ledger.refusal,
    refused_wallet_id uuid,
    cap text,
    cap_amount bigint,
    remaining bigint,
    replayed boolean,
    order_id uuid,
    order_number text,
    subtotal bigint,
    delivery_fee bigint,
    total_amount bigint,
    payment_status marketplace.payment_status,
    payment_method ledger.payment_method,
    estimated_delivery timestamptz,
    placed_at timestamptz);

comment on type marketplace.place_outcome is
    'problem: why the marketplace refuses, with details for the caller; refusal: why the ledger does; else the order as '
    'it was placed.';

-- The order that a key made, as it was placed.
create function marketplace.placed_order(p_order_id uuid, p_replayed boolean) returns marketplace.place_outcome
    language sql stable
begin atomic
    select
        null::text, null::jsonb, null::ledger.refusal, null::uuid, null::text, null::bigint, null::bigint, p_replayed,
        o.id, o.order_number, o.subtotal, o.delivery_fee, o.total_amount,
        case when o.hold_id is null then 'pending' else 'paid' end::marketplace.payment_status,
        o.payment_method, o.estimated_delivery, o.placed_at
    from marketplace.orders o
    where o.id = p_order_id;
end;

-- What other domains are told of an order that is placed and paid.
create function marketplace.order_news(p_order_id uuid) returns jsonb language sql stable
begin atomic
    select jsonb_build_object(
        'order_id', o.id,
        'order_number', o.order_number,
        'customer_id', o.customer_id,
        'store_id', o.store_id,
        'owner_id', s.owner_id,
        'store_name', s.name,
        'total_amount', o.total_amount,
        'proceeds', o.total_amount - o.commission,
        'currency', o.currency,
        'status', o.status,
        'payment_status', o.payment_status,
        'is_pickup', o.delivery_address is null,
        'party', 'client')
    from marketplace.orders o
    join marketplace.stores s on s.id = o.store_id
    where o.id = p_order_id;
end;

-- What is wrong with the lines of an order, product by product, or nothing. The products are locked.
create function marketplace.line_faults(
    p_store_id uuid, p_product_ids uuid[], p_quantities integer[], p_unit_prices bigint[])
    returns jsonb language sql stable
begin atomic
    select jsonb_agg(
        jsonb_strip_nulls(jsonb_build_object(
            'product_id', l.product_id,
            'code', case
                when p.id is null then 'product_unavailable'
                when p.price <> l.unit_price then 'price_changed'
                else 'out_of_stock'
            end,
            'unit_price', case when p.price <> l.unit_price then p.price end,
            'available', case when p.price is not distinct from coalesce(l.unit_price, p.price) then p.stock_quantity end))
        order by l.line)
    from unnest(p_product_ids, p_quantities, p_unit_prices) with ordinality l (product_id, quantity, unit_price, line)
    left join marketplace.products p on p.id = l.product_id and p.store_id = p_store_id and p.is_active
    where p.id is null or p.price <> l.unit_price or p.stock_quantity < l.quantity;
end;

-- Why a store takes no order of that size at that time, or nothing.
create function marketplace.store_fault(
    p_store marketplace.stores, p_subtotal bigint, p_at timestamptz, p_zone text)
    returns jsonb language plpgsql stable as $$
declare
    opens_at constant timestamptz := marketplace.opens_at(p_store.open_minutes, p_at, p_zone);
begin
    if p_store.id is null or not p_store.is_active then
        return jsonb_build_object('code', 'store_unavailable');
    elsif opens_at is distinct from p_at then
        return jsonb_strip_nulls(jsonb_build_object('code', 'store_closed', 'opens_at', to_char(
            opens_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')));
    elsif p_subtotal < p_store.min_order_amount then
        return jsonb_build_object('code', 'below_minimum', 'min_order_amount', p_store.min_order_amount);
    end if;
    return null;
end
$$;

-- Places an order, or says why not. The parameters of the caller, the key, the time and the zone mean what those of
-- ledger.post do. Locks are taken in one order by everybody: products by id, then wallets.
--   p_unit_prices   what the customer saw, product by product; null where they didn't say
--   p_hold_id       the hold to place on the customer's wallet, or null when an operator is to be asked
--   p_payment_id    the operator's payment, or null
create function marketplace.place(
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
    delivers constant boolean := p_delivery_address is not null;
    outcome marketplace.place_outcome;
    claimed platform.claim;
    store marketplace.stores;
    held ledger.hold_outcome;
    goods bigint;
    fee bigint;
    rate integer;
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
    elsif p_payment_id is not null and (
        select count(*) >= unpaid_max
        from marketplace.orders o
        where o.customer_id = p_customer_id and o.status = 'pending' and o.payment_status = 'pending') then
        outcome.problem := 'too_many_unpaid';
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

-- Stores, what they sell, and what people order. Amounts are whole francs CFA; times are the callers'.

create type marketplace.order_status as enum (
    'pending', 'confirmed', 'preparing', 'ready', 'out_for_delivery', 'delivered', 'cancelled');
create type marketplace.payment_status as enum ('pending', 'paid', 'refunded');
create type marketplace.party as enum ('client', 'store', 'administrator', 'system');

create table marketplace.stores (
    id uuid primary key,
    owner_id uuid not null unique,
    name text not null check (char_length(name) between 1 and 255),
    description text,
    category text not null check (char_length(category) between 1 and 100),
    address text not null,
    location point not null,
    phone text,
    email text,
    logo_url text,
    cover_url text,
    is_active boolean not null default true,
    suspended_at timestamptz,
    delivery_fee bigint not null default 0 check (delivery_fee between 0 and 1000000),
    min_order_amount bigint not null default 0 check (min_order_amount between 0 and 1000000000),
    delivery_time_min integer not null default 30 check (delivery_time_min > 0),
    delivery_time_max integer not null default 60 check (delivery_time_max >= delivery_time_min),
    rating numeric(3, 2) not null default 5.00 check (rating between 1 and 5),
    total_orders integer not null default 0,
    business_hours jsonb not null,
    open_minutes int4multirange not null generated always as (marketplace.open_minutes(business_hours)) stored,
    search text not null generated always as (
        marketplace.plain(name || ' ' || category || ' ' || coalesce(description, ''))) stored,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check (not (is_active and suspended_at is not null))
);

comment on column marketplace.stores.id is 'Also the id of the wallet of what Ecom owes it.';
comment on column marketplace.stores.location is 'Longitude and latitude, WGS 84.';
comment on column marketplace.stores.suspended_at is 'Since when an administrator lets it sell nothing.';
comment on column marketplace.stores.open_minutes is 'business_hours in minutes of the week, from Monday 0:00.';
comment on column marketplace.stores.total_orders is 'Delivered ones.';

create index stores_by_place on marketplace.stores using gist (location) where is_active;
create index stores_by_words on marketplace.stores using gin (search extensions.gin_trgm_ops) where is_active;
create index stores_suspended on marketplace.stores (id) where suspended_at is not null;
create index stores_listed on marketplace.stores (category, id) where is_active;

create table marketplace.products (
    id uuid primary key,
    store_id uuid not null references marketplace.stores (id),
    name text not null check (char_length(name) between 1 and 255),
    description text,
    category text not null check (char_length(category) between 1 and 100),
    price bigint not null check (price between 1 and 1000000000),
    stock_quantity integer not null default 0 check (stock_quantity between 0 and 1000000000),
    min_stock_alert integer not null default 5 check (min_stock_alert >= 0),
    is_active boolean not null default true,
    images jsonb not null default '[]',
    specifications jsonb not null default '{}',
    search text not null generated always as (marketplace.plain(name || ' ' || category)) stored,
    created_at timestamptz not null,
    updated_at timestamptz not null
) with (fillfactor = 70); -- room on the page, so that stock changes without touching an index

create index products_listed on marketplace.products (store_id, id);

-- What Ecom keeps of the goods' price, by category of store; '' is every other. A change is a new row.
create table marketplace.commission_rates (
    category text not null,
    valid_from timestamptz not null,
    basis_points integer not null check (basis_points between 0 and 5000),
    primary key (category, valid_from)
);

insert into marketplace.commission_rates (category, valid_from, basis_points)
values ('', '2020-01-01T00:00:00Z', 1000);

create table marketplace.orders (
    id uuid primary key,
    customer_id uuid not null,
    store_id uuid not null references marketplace.stores (id),
    order_number text not null unique check (char_length(order_number) <= 20),
    status marketplace.order_status not null default 'pending',
    subtotal bigint not null check (subtotal between 1 and 1000000000000),
    delivery_fee bigint not null check (delivery_fee >= 0),
    total_amount bigint not null check (total_amount = subtotal + delivery_fee),
    commission bigint not null check (commission between 0 and subtotal),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    payment_method ledger.payment_method not null,
    payment_status marketplace.payment_status not null,
    hold_id uuid,
    payment_id uuid,
    delivery_address text,
    delivery_location point,
    special_instructions text,
    estimated_delivery timestamptz not null,
    reason text,
    version bigint not null default 1,
    wrong_codes smallint not null default 0,
    due_at timestamptz,
    placed_at timestamptz not null,
    confirmed_at timestamptz,
    delivered_at timestamptz,
    cancelled_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check ((hold_id is null) <> (payment_id is null)),
    check ((delivery_address is null) = (delivery_location is null)),
    check ((status = 'cancelled') = (reason is not null)),
    check ((due_at is null) = (status in ('delivered', 'cancelled')))
) with (fillfactor = 80);

comment on column marketplace.orders.commission is 'Of the total what Ecom keeps, frozen when it was placed.';
comment on column marketplace.orders.payment_status is
    'pending: an operator is asked; paid: the money is held for it, or the store''s; refunded: it went back.';
comment on column marketplace.orders.hold_id is 'What pays for it in the customer''s wallet.';
comment on column marketplace.orders.payment_id is
    'The operator''s payment into its escrow, a wallet with the order''s id.';
comment on column marketplace.orders.delivery_address is 'Null for a pickup.';
comment on column marketplace.orders.reason is 'Why it was cancelled, a stable code.';
comment on column marketplace.orders.version is 'Number of its newest event.';
comment on column marketplace.orders.wrong_codes is 'How often the store gave another code than the customer''s.';
comment on column marketplace.orders.due_at is 'When somebody must have taken it a step further.';

create index orders_by_customer on marketplace.orders (customer_id, id);
create index orders_unpaid_by_customer on marketplace.orders (customer_id)
    where status = 'pending' and payment_status = 'pending';
create index orders_by_store on marketplace.orders (store_id, id);
create index orders_open_by_store on marketplace.orders (store_id, id)
    where status not in ('delivered', 'cancelled');
create index orders_due on marketplace.orders (due_at) where due_at is not null;
create unique index orders_by_payment on marketplace.orders (payment_id) where payment_id is not null;

create table marketplace.order_items (
    id uuid primary key,
    order_id uuid not null references marketplace.orders (id),
    product_id uuid not null references marketplace.products (id),
    name text not null,
    quantity integer not null check (quantity between 1 and 10000),
    unit_price bigint not null check (unit_price > 0),
    total_price bigint not null check (total_price = unit_price * quantity),
    created_at timestamptz not null,
    unique (order_id, product_id)
);

comment on column marketplace.order_items.name is 'As it was called when it was ordered.';

-- The order's timeline.
create table marketplace.order_events (
    id uuid primary key,
    order_id uuid not null references marketplace.orders (id),
    sequence bigint not null,
    status marketplace.order_status not null,
    action text not null,
    party marketplace.party not null,
    actor_id uuid,
    reason text,
    at timestamptz not null,
    unique (order_id, sequence)
);

create function marketplace.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'marketplace.% is append-only: what happened since is another event', tg_table_name
        using errcode = 'restrict_violation';
end
$$;

create trigger append_only before update or delete or truncate on marketplace.order_events
    for each statement execute function marketplace.refuse_change();

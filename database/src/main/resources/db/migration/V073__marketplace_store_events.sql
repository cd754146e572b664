-- What administrators did to stores, and who.
create table marketplace.store_events (
    id uuid primary key,
    store_id uuid not null references marketplace.stores (id),
    action text not null check (action in ('suspend', 'restore')),
    actor_id uuid not null,
    reason text,
    at timestamptz not null
);

create index store_events_by_store on marketplace.store_events (store_id, id);

create trigger append_only before update or delete or truncate on marketplace.store_events
    for each statement execute function marketplace.refuse_change();

grant select, insert on marketplace.store_events to ecom_marketplace;

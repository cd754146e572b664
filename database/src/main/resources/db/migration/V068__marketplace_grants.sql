-- Orders are placed by a function and change by the domain's own statements; their events are only added to.

grant select, update on marketplace.stores, marketplace.orders to ecom_marketplace;
grant select, insert, update on marketplace.products to ecom_marketplace;
grant select on marketplace.order_items to ecom_marketplace;
grant select, insert on marketplace.order_events to ecom_marketplace;

grant execute on function marketplace.open_store to ecom_marketplace;
grant execute on function marketplace.place to ecom_marketplace;
grant execute on function marketplace.stores_like to ecom_marketplace;
grant execute on function marketplace.plain to ecom_marketplace;
grant execute on function marketplace.distance_m to ecom_marketplace;
grant execute on function marketplace.opens_at to ecom_marketplace;
grant execute on function marketplace.minute_of_week to ecom_marketplace;

grant select on ledger.wallets to ecom_marketplace;
grant execute on function ledger.post to ecom_marketplace;
grant execute on function ledger.release to ecom_marketplace;

grant select, insert, delete on platform.saga_starts to ecom_marketplace;
grant select, insert, update, delete on platform.parked_tasks to ecom_marketplace;
grant select, insert on platform.outbox to ecom_marketplace;
grant select, insert on platform.consumed_messages to ecom_marketplace;
grant select, insert, update on platform.consumed_subjects to ecom_marketplace;

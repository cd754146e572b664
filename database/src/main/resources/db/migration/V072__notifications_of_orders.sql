-- People are told of orders too: who ordered, and whose store it is, of one event each their own.

alter table notifications.notifications
    alter column recharge_id drop not null,
    add column order_id uuid,
    add column order_number text,
    add column store_name text,
    add check (num_nonnulls(recharge_id, order_id) = 1),
    add check (num_nonnulls(order_id, order_number, store_name) in (0, 3)),
    drop constraint notifications_event_id_key,
    add unique (event_id, kind);

comment on column notifications.notifications.kind is 'A kind is told to one of those concerned: a sale_… to the store.';
comment on column notifications.notifications.store_name is 'As the store was called then.';

create index notifications_by_order on notifications.notifications (order_id, created_at) where order_id is not null;

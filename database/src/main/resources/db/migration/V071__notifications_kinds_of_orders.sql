-- Values added to a type can be used from the next transaction on, so they stand in a migration before their users.
alter type notifications.kind add value 'order_confirmed';
alter type notifications.kind add value 'order_ready';
alter type notifications.kind add value 'order_under_way';
alter type notifications.kind add value 'order_delivered';
alter type notifications.kind add value 'order_rejected';
alter type notifications.kind add value 'order_expired';
alter type notifications.kind add value 'order_cancelled';
alter type notifications.kind add value 'order_unpaid';
alter type notifications.kind add value 'order_refunded';
alter type notifications.kind add value 'sale_placed';
alter type notifications.kind add value 'sale_delivered';
alter type notifications.kind add value 'sale_cancelled';

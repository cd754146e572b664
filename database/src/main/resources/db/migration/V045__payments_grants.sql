-- Payments begin by a function and change by the domain's own statements; their events are only added to.

grant select, update on payments.payments to ecom_payments;
grant select, insert on payments.payment_events to ecom_payments;
grant select, insert, delete on payments.webhooks to ecom_payments;
grant execute on function payments.begin to ecom_payments;

grant select on ledger.wallets to ecom_payments;
grant execute on function ledger.post to ecom_payments;

grant usage on schema auth to ecom_payments;
grant execute on function auth.phone_of to ecom_payments;

grant select, insert, delete on platform.saga_starts to ecom_payments;
grant select, insert, update, delete on platform.parked_tasks to ecom_payments;
grant select, insert on platform.outbox to ecom_payments;
grant select, insert, delete on platform.consumed_messages to ecom_payments;

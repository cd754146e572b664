-- Two wallets that belong to no person. A store's receivable is what Ecom owes it: many pay in at once, so it
-- accumulates; only a settlement, which folds it first, takes out. An order's escrow keeps what an operator was paid for
-- it until it is delivered: one payment in, one posting out, under a lock like a person's wallet, with no caps.

create function ledger.open_receivable(p_store_id uuid, p_currency text, p_at timestamptz) returns void
    language sql security definer set search_path = pg_catalog, pg_temp
begin atomic
    insert into ledger.wallets (id, owner_id, purpose, kind, currency, floor, created_at, updated_at)
    values (p_store_id, p_store_id, 'receivable', 'accumulating', p_currency, 0, p_at, p_at);
end;

create function ledger.open_escrow(p_order_id uuid, p_currency text, p_at timestamptz) returns void
    language sql security definer set search_path = pg_catalog, pg_temp
begin atomic
    insert into ledger.wallets (id, owner_id, purpose, kind, currency, floor, created_at, updated_at)
    values (p_order_id, p_order_id, 'escrow', 'personal', p_currency, 0, p_at, p_at);
end;

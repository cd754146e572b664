-- Begins a payment into an order's escrow, which nobody else can have begun: whoever placed the order has been judged
-- then, and its saga asks here. Twice does no harm. Answers whether there is such an escrow.
create function payments.begin_for_order(
    p_payment_id uuid, p_event_id uuid, p_order_id uuid, p_user_id uuid, p_amount bigint, p_currency text,
    p_method ledger.payment_method, p_operator_wallet_id uuid, p_phone_encrypted bytea, p_phone_hash bytea,
    p_next_question_at timestamptz, p_expires_at timestamptz, p_at timestamptz)
    returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into payments.payments (
        id, wallet_id, user_id, amount, currency, method, operator_wallet_id, purpose, phone_encrypted, phone_hash,
        after_sequence, next_question_at, expires_at, created_at, updated_at)
    select
        p_payment_id, w.id, p_user_id, p_amount, p_currency, p_method, p_operator_wallet_id, 'order',
        p_phone_encrypted, p_phone_hash, w.entry_count, p_next_question_at, p_expires_at, p_at, p_at
    from ledger.wallets w
    where w.id = p_order_id and w.purpose = 'escrow'
    on conflict (id) do nothing;
    if found then
        insert into payments.payment_events (id, payment_id, sequence, kind, at)
        values (p_event_id, p_payment_id, 1, 'begun', p_at);
    end if;
    return exists (select from payments.payments p where p.id = p_payment_id and p.wallet_id = p_order_id);
end
$$;

grant execute on function payments.begin_for_order to ecom_payments;

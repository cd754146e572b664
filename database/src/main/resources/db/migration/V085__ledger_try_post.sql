-- Answers as ledger.post would, and leaves nothing: what it did is undone before it answers, its locks included. The
-- parameters are those of ledger.post.
create function ledger.try_post(
    p_transfer_id uuid,
    p_entry_ids uuid[],
    p_wallet_ids uuid[],
    p_amounts bigint[],
    p_categories ledger.category[],
    p_caps ledger.caps,
    p_currency text,
    p_description text,
    p_metadata jsonb,
    p_related_service_id uuid,
    p_payment_method ledger.payment_method,
    p_external_reference text,
    p_hold_id uuid,
    p_hold_closes boolean,
    p_reverses_id uuid,
    p_effective_at timestamptz,
    p_caller_id uuid,
    p_session_id uuid,
    p_session_epoch integer,
    p_operation text,
    p_key text,
    p_body_hash bytea,
    p_at timestamptz,
    p_zone text)
    returns ledger.posting_outcome language plpgsql as $$
declare
    outcome ledger.posting_outcome;
begin
    begin
        outcome := ledger.post(
            p_transfer_id => p_transfer_id,
            p_entry_ids => p_entry_ids,
            p_wallet_ids => p_wallet_ids,
            p_amounts => p_amounts,
            p_categories => p_categories,
            p_caps => p_caps,
            p_currency => p_currency,
            p_description => p_description,
            p_metadata => p_metadata,
            p_related_service_id => p_related_service_id,
            p_payment_method => p_payment_method,
            p_external_reference => p_external_reference,
            p_hold_id => p_hold_id,
            p_hold_closes => p_hold_closes,
            p_reverses_id => p_reverses_id,
            p_effective_at => p_effective_at,
            p_caller_id => p_caller_id,
            p_session_id => p_session_id,
            p_session_epoch => p_session_epoch,
            p_operation => p_operation,
            p_key => p_key,
            p_body_hash => p_body_hash,
            p_at => p_at,
            p_zone => p_zone);
        -- An exception undoes everything in its block but the values of variables.
        raise exception 'only tried' using errcode = 'EC001';
    exception when sqlstate 'EC001' then
        return outcome;
    end;
end
$$;

grant execute on function ledger.try_post to ecom_wallet;

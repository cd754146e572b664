-- Opens a store, and the wallet of what Ecom owes it.
create function marketplace.open_store(
    p_store_id uuid, p_owner_id uuid, p_name text, p_description text, p_category text, p_address text,
    p_longitude double precision, p_latitude double precision, p_phone text, p_delivery_fee bigint,
    p_min_order_amount bigint, p_business_hours jsonb, p_currency text, p_at timestamptz)
    returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into marketplace.stores (
        id, owner_id, name, description, category, address, location, phone, delivery_fee, min_order_amount,
        business_hours, created_at, updated_at)
    values (
        p_store_id, p_owner_id, p_name, p_description, p_category, p_address, point(p_longitude, p_latitude), p_phone,
        p_delivery_fee, p_min_order_amount, p_business_hours, p_at, p_at);
    perform ledger.open_receivable(p_store_id, p_currency, p_at);
end
$$;

-- Stores in which some words are like those looked for, and how far they are from them (0 is the same). It forgives
-- accents and a wrong letter or two; the threshold stands here since a session that says SET is pinned by the proxy.
create function marketplace.stores_like(p_words text) returns table (store_id uuid, difference double precision)
    language sql stable set pg_trgm.word_similarity_threshold = 0.4
begin atomic
    select s.id, 1.0 - extensions.word_similarity(marketplace.plain(p_words), s.search)
    from marketplace.stores s
    where s.is_active and marketplace.plain(p_words) operator(extensions.<%) s.search;
end;

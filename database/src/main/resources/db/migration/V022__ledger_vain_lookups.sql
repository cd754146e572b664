-- Who asked for phones that nobody has, and when: whoever pays may mistype a number, but not try all of them.

create table ledger.vain_lookups (
    asker_id uuid not null,
    asked_at timestamptz not null
);

create index vain_lookups_by_asker on ledger.vain_lookups (asker_id, asked_at);
create index vain_lookups_asked_at on ledger.vain_lookups using brin (asked_at);

create function ledger.note_vain_lookup(p_asker_id uuid, p_at timestamptz) returns void
    language sql security definer set search_path = pg_catalog, pg_temp
begin atomic
    insert into ledger.vain_lookups (asker_id, asked_at) values (p_asker_id, p_at);
end;

create function ledger.forget_vain_lookups(p_before timestamptz, p_count_max integer) returns integer
    language sql security definer set search_path = pg_catalog, pg_temp
begin atomic
    with forgotten as (
        delete from ledger.vain_lookups
        where ctid = any (array(select v.ctid from ledger.vain_lookups v where v.asked_at < p_before limit p_count_max))
        returning 1)
    select count(*)::integer from forgotten;
end;

grant select on ledger.vain_lookups to ecom_wallet;
grant execute on function ledger.note_vain_lookup to ecom_wallet;
grant execute on function ledger.forget_vain_lookups to ecom_wallet;

-- What a session may still change is asked before it does.
grant execute on function ledger.session_is_live to ecom_auth;

-- What the ledger starts with. New caps are a new row in ledger.tiers, by a migration or the back office.

-- Tier 1 is a phone checked by a code. The customer asks for its spending caps; balance and reloads of every tier are
-- the BCEAO's ceilings for identified holders of electronic money.
insert into ledger.tiers (tier, valid_from, single_max, daily_max, monthly_max, balance_max, reload_max)
values
    (1, '2020-01-01T00:00:00Z', 25000, 50000, 500000, 2000000, 10000000),
    (2, '2020-01-01T00:00:00Z', 200000, 500000, 2000000, 2000000, 10000000),
    (3, '2020-01-01T00:00:00Z', 1000000, 2000000, 10000000, 2000000, 10000000);

-- Wallets of Ecom itself: money at each operator (below zero by what people hold of it), what Ecom earns, what it pays.
with own(id, purpose, display_name) as (
    values
        ('00000000-0000-7000-8000-000000000001'::uuid, 'float_yas', 'YAS'),
        ('00000000-0000-7000-8000-000000000002'::uuid, 'float_flooz', 'Flooz'),
        ('00000000-0000-7000-8000-000000000003'::uuid, 'float_card', 'Carte bancaire'),
        ('00000000-0000-7000-8000-000000000004'::uuid, 'float_pispi', 'PI-SPI'),
        ('00000000-0000-7000-8000-000000000005'::uuid, 'commission', 'Ecom'),
        ('00000000-0000-7000-8000-000000000006'::uuid, 'fees', 'Ecom')),
opened as (
    insert into ledger.wallets (id, owner_id, purpose, kind, created_at, updated_at)
    select id, '00000000-0000-7000-8000-000000000000', purpose, 'accumulating', '2020-01-01T00:00:00Z',
        '2020-01-01T00:00:00Z'
    from own)
insert into ledger.holders (wallet_id, display_name, created_at, updated_at)
select id, display_name, '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z'
from own;

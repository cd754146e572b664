-- The books. Amounts are whole francs CFA; times are the callers', never the server's.

create type ledger.wallet_kind as enum ('personal', 'accumulating');
create type ledger.wallet_status as enum ('active', 'frozen', 'closed');
create type ledger.hold_status as enum ('open', 'captured', 'released', 'expired');
create type ledger.category as enum (
    'recharge', 'transport', 'shopping', 'delivery', 'transfer', 'commission',
    'withdrawal', 'refund', 'adjustment');
create type ledger.payment_method as enum ('yas', 'flooz', 'visa', 'pispi', 'wallet');
create type ledger.caps as enum ('spending', 'reload', 'none');

comment on type ledger.caps is
    'Which caps bind a posting: spending (what people send counts, what they receive meets their balance cap), reload '
    '(what they receive meets their balance cap and counts as a reload) or none (captures, refunds, late credits).';

-- Caps by KYC tier. A change is a new row, so that the history of the settings stays.
create table ledger.tiers (
    tier smallint not null,
    valid_from timestamptz not null,
    single_max bigint not null check (single_max >= 0),
    daily_max bigint not null check (daily_max >= single_max),
    monthly_max bigint not null check (monthly_max >= daily_max),
    balance_max bigint not null check (balance_max between 0 and 2000000),
    reload_max bigint not null check (reload_max between 0 and 10000000),
    primary key (tier, valid_from)
);

comment on column ledger.tiers.balance_max is 'The BCEAO lets no wallet of electronic money hold more than 2,000,000.';
comment on column ledger.tiers.reload_max is 'Reloads a month; the BCEAO allows no more than 10,000,000.';

create table ledger.wallets (
    id uuid primary key,
    owner_id uuid not null,
    purpose text not null,
    kind ledger.wallet_kind not null,
    status ledger.wallet_status not null default 'active',
    currency text not null default 'XOF' check (currency ~ '^[A-Z]{3}$'),
    tier smallint,
    floor bigint,
    balance bigint not null default 0,
    held bigint not null default 0 check (held >= 0),
    counted_on date not null default '-infinity',
    spent_day bigint not null default 0 check (spent_day >= 0),
    spent_month bigint not null default 0 check (spent_month >= 0),
    reloaded_month bigint not null default 0 check (reloaded_month >= 0),
    session_epoch integer not null default 0,
    entry_count bigint not null default 0,
    last_hash bytea,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (owner_id, purpose),
    check (kind = 'accumulating' or floor is not null),
    -- The last line of defence: whatever the code above does, no franc is promised twice.
    check (kind = 'accumulating' or balance - held >= floor)
) with (fillfactor = 70); -- room on the page, so that a balance changes without touching an index

comment on column ledger.wallets.id is 'The wallet of a person has the person''s user id.';
comment on column ledger.wallets.tier is 'KYC tier whose caps bind; null for wallets of Ecom itself.';
comment on column ledger.wallets.floor is
    'Lowest balance; null takes both signs without a look (floats, commission, fees).';
comment on column ledger.wallets.balance is
    'Of a personal wallet; an accumulating one''s is its last seal and what follows.';
comment on column ledger.wallets.counted_on is
    'Local day to which spent_day belongs, and whose month the monthly counters do.';

create table ledger.transfers (
    id uuid primary key,
    currency text not null,
    description text,
    metadata jsonb,
    related_service_id uuid,
    payment_method ledger.payment_method not null,
    external_reference text,
    hold_id uuid,
    reverses_id uuid,
    effective_at timestamptz not null,
    created_at timestamptz not null,
    hash bytea not null,
    xid xid8 not null default pg_current_xact_id()
);

comment on column ledger.transfers.effective_at is
    'When it happened, which a late operator entry learns after the fact.';
comment on column ledger.transfers.xid is 'Who relays transfers as events reads them behind pg_snapshot_xmin.';

-- No foreign key: to check one would lock the row of an accumulating wallet that the whole country pays into.
-- The posting function reads each wallet anyway, and the verifier names an entry that has none.
create table ledger.entries (
    id uuid primary key,
    transfer_id uuid not null,
    wallet_id uuid not null,
    amount bigint not null check (amount <> 0),
    balance_after bigint,
    sequence bigint,
    xid xid8,
    created_at timestamptz not null,
    category ledger.category not null,
    hash bytea not null,
    check ((balance_after is null) = (sequence is null)),
    check ((sequence is null) <> (xid is null))
);

comment on column ledger.entries.sequence is 'Place in the chain of a personal wallet, from 1.';
comment on column ledger.entries.hash is 'Of the entry and, in a personal wallet, of the hash before it.';
comment on column ledger.entries.xid is 'Transaction that inserted it, in an accumulating wallet: seals go up to one.';

create unique index entries_chain on ledger.entries (wallet_id, sequence) where sequence is not null;
create index entries_accumulated on ledger.entries (wallet_id, xid) include (amount) where xid is not null;
create index entries_transfer on ledger.entries (transfer_id);

create table ledger.holds (
    id uuid primary key,
    wallet_id uuid not null references ledger.wallets (id),
    amount bigint not null check (amount > 0),
    captured bigint not null default 0 check (captured between 0 and amount),
    status ledger.hold_status not null default 'open',
    category ledger.category not null,
    related_service_id uuid,
    counted_on date not null,
    expires_at timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

comment on column ledger.holds.counted_on is
    'Local day on whose counters it weighs: a release gives back only to the same.';

create index holds_open_by_wallet on ledger.holds (wallet_id) where status = 'open';
create index holds_open_by_expiry on ledger.holds (expires_at) where status = 'open';

-- What an accumulating wallet had taken in up to a transaction id below which everything had ended.
create table ledger.seals (
    wallet_id uuid not null references ledger.wallets (id),
    sequence bigint not null check (sequence > 0),
    from_xid xid8 not null,
    to_xid xid8 not null,
    entry_count bigint not null check (entry_count > 0),
    amount bigint not null,
    balance bigint not null,
    previous_hash bytea not null,
    hash bytea not null,
    created_at timestamptz not null,
    primary key (wallet_id, sequence),
    check (from_xid < to_xid)
);

comment on column ledger.seals.from_xid is
    'First transaction id of the range, inclusive: the to_xid of the seal before.';
comment on column ledger.seals.to_xid is 'End of the range, exclusive.';

-- Who can be paid: the one place where other domains ask who holds which phone.
create table ledger.holders (
    wallet_id uuid primary key references ledger.wallets (id),
    user_id uuid unique,
    phone_hash bytea unique,
    display_name text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check ((user_id is null) = (phone_hash is null))
);

comment on column ledger.holders.phone_hash is 'Keyed hash of the phone; null for wallets of Ecom itself.';
comment on column ledger.holders.display_name is 'Masked already (Kossi A.): the ledger never knows a whole name.';

create table ledger.revoked_sessions (
    session_id uuid primary key,
    user_id uuid not null,
    revoked_at timestamptz not null
);

create index revoked_sessions_revoked_at on ledger.revoked_sessions (revoked_at);

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'ledger.% is append-only: a correction is a new transfer', tg_table_name
        using errcode = 'restrict_violation';
end
$$;

create trigger append_only before update or delete or truncate on ledger.transfers
    for each statement execute function ledger.refuse_change();
create trigger append_only before update or delete or truncate on ledger.entries
    for each statement execute function ledger.refuse_change();
create trigger append_only before update or delete or truncate on ledger.seals
    for each statement execute function ledger.refuse_change();
create trigger append_only before update or delete or truncate on ledger.tiers
    for each statement execute function ledger.refuse_change();

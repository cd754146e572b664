-- Who people are and how they prove it. Columns keep the customer's names where the customer named them.

create type auth.user_type as enum ('client', 'driver', 'store_owner', 'admin');
create type auth.user_status as enum ('active', 'suspended', 'pending_verification');

create table auth.users (
    id uuid primary key,
    phone text not null unique,
    email_encrypted bytea,
    email_hash bytea unique,
    first_name text not null,
    last_name text not null,
    date_of_birth_encrypted bytea,
    user_type auth.user_type not null,
    status auth.user_status not null default 'active',
    language text not null check (language in ('fr', 'en')),
    email_verified boolean not null default false,
    phone_verified boolean not null default true,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check ((email_encrypted is null) = (email_hash is null))
);

comment on column auth.users.email_hash is 'Keyed hash of the address in small letters: nobody else may have it.';

create table auth.user_auth (
    user_id uuid primary key references auth.users (id),
    password_hash text not null,
    last_login timestamptz,
    created_at timestamptz not null
);

-- Failed log-ins by phone, whether or not the phone has an account: a lock says nothing about that.
create table auth.login_failures (
    phone_hash bytea primary key,
    failed_attempts integer not null check (failed_attempts > 0),
    locked_until timestamptz,
    updated_at timestamptz not null
);

create index login_failures_updated_at on auth.login_failures (updated_at);

-- A signed-in device. Its refresh token changes at each use; only hashes of the newest and the one before are kept.
create table auth.sessions (
    id uuid primary key,
    user_id uuid not null references auth.users (id),
    device text not null,
    current_hash bytea not null,
    previous_hash bytea,
    rotated_at timestamptz not null,
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz
);

create index sessions_live_by_user on auth.sessions (user_id, last_used_at desc) where revoked_at is null;

-- A verification token is good once: its jti is inserted in the transaction that it authorises.
create table auth.used_verification_tokens (
    jti uuid primary key,
    used_at timestamptz not null
);

-- What people agreed to, and when. Append-only: a change of mind is a new row.
create table auth.consents (
    user_id uuid not null references auth.users (id),
    purpose text not null check (purpose in ('terms', 'privacy', 'marketing')),
    given boolean not null,
    decided_at timestamptz not null,
    primary key (user_id, purpose, decided_at)
);

grant select, insert, update on auth.users, auth.user_auth, auth.sessions to ecom_auth;
grant select, insert, update, delete on auth.login_failures to ecom_auth;
grant select, insert on auth.used_verification_tokens, auth.consents to ecom_auth;

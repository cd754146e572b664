-- What has served is deleted by whoever adds to it, a few rows at a time: used verification tokens, which are dead
-- after minutes anyway, and a person's ended sessions.

create index used_verification_tokens_used_at on auth.used_verification_tokens (used_at);

-- All sessions of a person, the ended ones too.
create index sessions_by_user on auth.sessions (user_id, last_used_at desc);
drop index auth.sessions_live_by_user;

-- Rows to delete are locked first, for which PostgreSQL asks the right to update.
grant update, delete on auth.used_verification_tokens to ecom_auth;
grant delete on auth.sessions to ecom_auth;

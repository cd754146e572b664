-- A domain reads what it shows and calls the ledger's functions; no domain writes a table of the ledger's itself.

grant select on ledger.wallets, ledger.tiers, ledger.holders, ledger.revoked_sessions to ecom_auth, ecom_wallet;
grant select on ledger.transfers, ledger.entries, ledger.holds, ledger.seals, ledger.transactions to ecom_wallet;

grant execute on function ledger.register_holder to ecom_auth;
grant execute on function ledger.rename_holder to ecom_auth;
grant execute on function ledger.revoke_session to ecom_auth;
grant execute on function ledger.raise_session_epoch to ecom_auth;

grant execute on function ledger.post to ecom_wallet;
grant execute on function ledger.hold to ecom_wallet;
grant execute on function ledger.release to ecom_wallet;
grant execute on function ledger.expire to ecom_wallet;
grant execute on function ledger.seal to ecom_wallet;
grant execute on function ledger.forget_revoked_sessions to ecom_wallet;
grant execute on function ledger.verify to ecom_wallet;

-- Plain expressions that the queries of a request use.
grant execute on function ledger.accumulated_balance to ecom_wallet;
grant execute on function ledger.rolled to ecom_wallet;
grant execute on function ledger.month_start to ecom_wallet;
grant execute on function ledger.tier_at to ecom_auth, ecom_wallet;

alter type ledger.refusal add value 'wallet_not_empty' after 'wallet_frozen';
alter type ledger.refusal add value 'wallet_accumulates' after 'wallet_not_empty';

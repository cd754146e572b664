-- A value added to a type can be used from the next transaction on, so these stand in a migration before their users.
alter type ledger.refusal add value 'unknown_transfer' after 'unknown_hold';
alter type ledger.refusal add value 'already_reversed' after 'hold_exceeded';
alter type ledger.refusal add value 'not_reversible' after 'already_reversed';

-- Told by Java, before it asks: PostgreSQL itself would answer with an error.
alter type ledger.refusal add value 'invalid_details' after 'invalid_posting';

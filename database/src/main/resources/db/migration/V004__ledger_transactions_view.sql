-- The customer's table of transactions: what completed is an entry. Its id is the entry's.
create view ledger.transactions as
select
    e.id,
    e.wallet_id,
    case when e.amount > 0 then 'credit' else 'debit' end as type,
    abs(e.amount) as amount,
    t.currency,
    e.category,
    t.description,
    upper(replace(e.id::text, '-', '')) as reference,
    'completed' as status,
    t.metadata,
    t.related_service_id,
    t.payment_method,
    t.external_reference,
    e.created_at,
    e.created_at as updated_at,
    t.effective_at,
    e.transfer_id,
    e.sequence,
    e.balance_after
from ledger.entries e
join ledger.transfers t on t.id = e.transfer_id;

comment on column ledger.transactions.reference is
    'What a person reads to support: the id, in capitals, without hyphens.';

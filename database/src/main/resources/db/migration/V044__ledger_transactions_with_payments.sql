-- The customer's table of transactions: entries, which are what completed, and payments, which have not or never will.
-- A payment that succeeded is its entry, whose id is the payment's. A wallet's list is in the order of (sequence,
-- place): payments stand after the entries that there were when they began.
-- Each of the two is a view of its own too, since a page is read from each in the order of an index.
create view ledger.completed_transactions as
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
    e.balance_after,
    '00000000-0000-0000-0000-000000000000'::uuid as place,
    null::uuid as operator_wallet_id
from ledger.entries e
join ledger.transfers t on t.id = e.transfer_id;

create view ledger.other_transactions as
select
    p.id,
    p.wallet_id,
    'credit' as type,
    p.amount,
    p.currency,
    'recharge'::ledger.category as category,
    null::text as description,
    upper(replace(p.id::text, '-', '')) as reference,
    case p.status
        when 'failed' then 'failed'
        when 'expired' then 'cancelled'
        else 'pending'
    end as status,
    null::jsonb as metadata,
    null::uuid as related_service_id,
    p.method as payment_method,
    p.operator_reference as external_reference,
    p.created_at,
    p.updated_at,
    p.created_at as effective_at,
    null::uuid as transfer_id,
    p.after_sequence as sequence,
    null::bigint as balance_after,
    p.id as place,
    p.operator_wallet_id
from payments.payments p
where p.status <> 'succeeded';

create or replace view ledger.transactions as
select * from ledger.completed_transactions
union all
select * from ledger.other_transactions;

grant select on ledger.completed_transactions, ledger.other_transactions to ecom_wallet;

comment on column ledger.transactions.reference is
    'What a person reads to support: the id, in capitals, without hyphens.';
comment on column ledger.transactions.status is
    'The customer''s word: a payment that expired is cancelled, and one that somebody has to look at is pending.';
comment on column ledger.transactions.place is 'Among what has the same sequence: the entry, then payments by id.';

-- What an operator keeps of the money that it brings for an order. The store bears it, as it bears Ecom's commission; a
-- customer who pays from the wallet costs it nothing more.

create table marketplace.operator_rates (
    method ledger.payment_method not null,
    valid_from timestamptz not null,
    basis_points integer not null check (basis_points between 0 and 2000),
    primary key (method, valid_from)
);

comment on table marketplace.operator_rates is 'By payment method; a change is a new row.';

-- No operator publishes what it takes: until its contract says, the 2 % at which Ecobank collects mobile money for shops.
insert into marketplace.operator_rates (method, valid_from, basis_points)
values ('yas', '2020-01-01T00:00:00Z', 200);

alter table marketplace.orders
    add column operator_fee bigint not null default 0,
    add check (operator_fee between 0 and total_amount - commission);

comment on column marketplace.orders.operator_fee is
    'Of the total what the operator keeps, frozen when its money came; 0 until then, and for a wallet.';

-- What an operator keeps of an amount at that time.
create function marketplace.operator_fee(p_method ledger.payment_method, p_amount bigint, p_at timestamptz)
    returns bigint language sql stable
begin atomic
    select coalesce((
        select p_amount * r.basis_points / 10000
        from marketplace.operator_rates r
        where r.method = p_method and r.valid_from <= p_at
        order by r.valid_from desc
        limit 1), 0);
end;

grant select on marketplace.operator_rates to ecom_marketplace;
grant execute on function marketplace.operator_fee to ecom_marketplace;
